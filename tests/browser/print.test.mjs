// 打印: every character of every text is on paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from './support/fixture.mjs';
import { DUTIES } from './support/officer.mjs';
import { piecesOnPaper, squeezed, textOfPdf } from './support/programs.mjs';
import { longText } from './support/texts.mjs';

const here = fixture();

const scenario = (name, run) => test(name, () => here.atHome(run));

async function printed(me, page) {
  await me.openPage(page);
  await me.page.locator('main h1').waitFor();
  return squeezed(await textOfPdf(await me.page.pdf({ format: 'A4', preferCSSPageSize: true })));
}

function assertPrinted(paper, texts, pages = 1) {
  for (const text of texts) {
    const pieces = piecesOnPaper(paper, squeezed(text));
    assert.ok(pieces <= pages, `in ${pieces} pieces on ${pages} pages: ${text.slice(0, 30)}…`);
  }
}

scenario('a text of 3,000 characters and all the others are printed whole', async (me) => {
  const long = longText(3000);
  await me.startAssessment({ unit: '东城区' });
  await me.typeNarrative(1, long);
  await me.score(1, '3.5');
  await me.fill(1, '扣分原因', '两项材料未归档，正在补齐。\n第二行原因。');
  await me.fill(1, '责任单位', '区教委、区财政局');
  await me.fill(1, '填报人', '张三丰');
  await me.addEvidence(1, { 材料名称: '会议纪要', 文号: '〔2026〕9号', 提供单位: '区教委', 存放位置: 'A柜-1' });
  await me.choose(2, '不适用');
  await me.fill(2, '不适用理由', '本区无此类学校');
  await me.openPage('封面');
  const cover = { 填表人: '王小明', 审核人: '李大海', 负责人: '赵长江', 电话: '010-87654321' };
  for (const [name, text] of Object.entries(cover)) {
    const field = me.page.getByLabel(name, { exact: true });
    await field.fill(text);
    await field.blur();
  }
  await me.seeSaved();
  const paper = await printed(me, '打印');
  assertPrinted(paper, [long], 4);
  assertPrinted(paper, [
    '两项材料未归档，正在补齐。',
    '第二行原因。',
    '区教委、区财政局',
    '张三丰',
    '会议纪要',
    'A柜-1',
    '本区无此类学校',
    ...Object.values(cover),
  ]);
  assert.ok(!paper.includes('导出备份'), 'buttons are not printed');
});

scenario('the official text of every point is printed', async (me) => {
  await me.startAssessment({ catalogue: DUTIES });
  await me.openPage('打印');
  const texts = await me.page.locator('.z-print__official').allInnerTexts();
  assert.equal(texts.length, 40);
  assertPrinted(await printed(me, '打印'), texts, 2);
});

scenario('分析 is printed with its totals', async (me) => {
  await me.startAssessment();
  await me.score(1, '3.5');
  const paper = await printed(me, '分析');
  assertPrinted(paper, ['各级指标得分', '合计', '3.5', '（一）立德树人']);
});
