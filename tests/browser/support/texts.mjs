// Chinese texts to type. No randomness but a seeded one, so that a failure
// comes again.

const SENTENCES = [
  '区委、区政府坚持把教育摆在优先发展的战略地位',
  '全年召开专题会议研究解决学位供给问题',
  '对照规划逐年制定任务清单并督查落实情况',
  '义务教育学校生均公用经费按标准足额拨付',
  '近三年新建改扩建学校六所新增学位五千四百个',
  '建立校长教师交流轮岗制度骨干教师比例达到百分之二十',
  '每学期开展校园安全隐患排查并全部整改销号',
];

// A text of exactly `length` characters made of numbered sentences, each
// different from all others.
export function longText(length) {
  let text = '';
  for (let number = 1; text.length < length; number++) {
    text += `第${number}条，${SENTENCES[number % SENTENCES.length]}。`;
  }
  return text.slice(0, length);
}

// Numbers from 0 to 1 that are the same in each run.
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

// Texts that other programs stumble over.
export const NASTY = {
  formula: '=HYPERLINK("http://x","点我")',
  control: '甲\u0001\u0008\u000b乙\u0000丙',
  emoji: '督导👩‍🏫👨‍👩‍👧‍👦🇨🇳完成✅',
  rare: '𠀀𠮷𪚥𰻝村小学',
};
