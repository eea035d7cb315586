// Typing Chinese as an input method does: pinyin in composition, then the word.
import { pause } from './wait.mjs';

// Word and pinyin. Fifty of them, so that four rounds make 200.
export const WORDS = `你好 nihao|世界 shijie|教育 jiaoyu|督导 dudao|均衡 junheng|优质 youzhi|学校 xuexiao|教师 jiaoshi|学生 xuesheng|经费 jingfei
保障 baozhang|落实 luoshi|完成 wancheng|情况 qingkuang|说明 shuoming|扣分 koufen|原因 yuanyin|材料 cailiao|名称 mingcheng|责任 zeren
单位 danwei|政府 zhengfu|规划 guihua|安全 anquan|管理 guanli|制度 zhidu|机制 jizhi|建设 jianshe|队伍 duiwu|资源 ziyuan
配置 peizhi|条件 tiaojian|装备 zhuangbei|信息 xinxi|水平 shuiping|质量 zhiliang|评价 pingjia|改革 gaige|发展 fazhan|公平 gongping
入学 ruxue|就近 jiujin|随迁 suiqian|子女 zinv|残疾 canji|儿童 ertong|特殊 teshu|群体 qunti|平等 pingdeng|权利 quanli`
  .split(/[|\n]/)
  .map((pair) => pair.split(' '));

// Types words into the field that has the focus. Each key changes the
// composition; the word is committed as an input method commits it.
export async function compose(cdp, words, { between = 15 } = {}) {
  for (const [word, pinyin] of words) {
    for (let length = 1; length <= pinyin.length; length += 2) {
      const text = pinyin.slice(0, length);
      await cdp.send('Input.imeSetComposition', { text, selectionStart: length, selectionEnd: length });
      await pause(between);
    }
    await cdp.send('Input.insertText', { text: word });
  }
}

// Leaves a composition open, as it is between two keys.
export const composing = (cdp, text) =>
  cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
