// 打印: every character of every text is on paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from './support/fixture.mjs';
import { DUTIES } from './support/officer.mjs';
import { pagesOfPdf, piecesOnPaper, squeezed, textOfPdf } from './support/programs.mjs';
import { eventually } from './support/wait.mjs';
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

const COUNT = 220;
const NAMES = Array.from({ length: COUNT }, (_, at) =>
  `第${String(at + 1).padStart(3, '0')}小学${(at + 1) % 40 ? '' : '（青禾区石桥街道办事处东山社区第二校区）'}`);

// A large district whose schools have pupils and teachers, two of three the figures of
// the seven indicators, and every fourth a fault.
async function largeDistrict(me) {
  await me.startAssessment();
  await me.openPage('学校数据');
  const heads = ['学校名称', '学校代码', '学校类型', '学段', '在校生数', '班级数', '高于规定学历教师数', '骨干教师数',
    '体育教师数', '艺术教师数', '教学及辅助用房面积', '室内体育用房面积', '体育馆面积', '运动场地面积', '教学仪器设备值', '多媒体教室数'];
  const rows = NAMES.map((name, at) => {
    const filled = at % 3 ? [20 + at % 9, 5, 3, 3, 2000 + 7 * at, 100, 300, 3000, '123.45', 12 + at % 5] : [];
    return [name, `99${String(at).padStart(8, '0')}`, '小学', '小学', 300 + at, at % 4 ? 12 : `${at}个`, ...filled];
  });
  await me.page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, [heads, ...rows].map((row) => row.join('\t')).join('\r\n'));
  const dialog = me.dialog('导入学校数据');
  await dialog.getByText(`将新增 ${COUNT} 行`).waitFor();
  await dialog.getByRole('button', { name: '导入', exact: true }).click();
  await me.page.getByText(`共 ${COUNT} 行`).first().waitFor();
  await me.seeSaved();
}

async function paperOf(me, page) {
  await me.openPage(page);
  await me.page.locator('main h1', { hasText: page }).waitFor();
  return pagesOfPdf(await me.page.pdf({ format: 'A4', preferCSSPageSize: true }));
}

const times = (text, part) => text.split(part).length - 1;

// Where the words of a page end, against the edge of what is printed on.
function assertWithin(pages) {
  for (const { number, width, right } of pages) {
    assert.ok(right <= width - 17 / 25.4 * 72, `page ${number}: words end at ${right} of ${width} pt`);
  }
}

scenario('of a large district every school, every column and every problem is on paper', async (me) => {
  await largeDistrict(me);

  const schools = await paperOf(me, '学校数据');
  assertWithin(schools);
  const table = squeezed(schools.map((page) => page.text).join(''));
  for (const name of NAMES) assert.equal(times(table, squeezed(name)), 3, `${name} stands in each group of columns`);
  for (const page of schools) assert.match(squeezed(page.text), /学校名称/, `the heads stand on page ${page.number}`);
  assert.match(table, /⚠216个/);
  assert.equal(await me.page.locator('#school-paper').evaluate((it) => getComputedStyle(it).display), 'none');

  const coefficients = await paperOf(me, '差异系数');
  assertWithin(coefficients);
  const values = squeezed(coefficients.map((page) => page.text).join(''));
  const folded = await me.page.locator('.z-coefficients__more').count();
  assert.equal(folded, 8);
  const national = coefficients.map((page) => squeezed(page.text)).filter((text) => text.includes('达到项'));
  assert.ok(national.length > 3, 'the national table goes over several pages');
  for (const text of national) {
    for (let number = 1; number <= 7; number++) assert.ok(text.includes(`${number}.`), `the head of column ${number}`);
    assert.match(text, /2\.3间/, 'the limit of the last column');
  }
  assert.ok(times(values, '网络多媒体教室数未填') >= COUNT / 3, 'what is missing is said in the last column too');
  assert.match(values, /降低差异系数测算/);
  assert.ok(!values.includes('只看结果'), 'the form for trying is not printed');
  for (const name of NAMES) assert.ok(values.includes(squeezed(name)), name);
  await eventually(async () => (await me.page.locator('.z-coefficients__more[open]').count()) === 0, 'folded again');

  const check = await paperOf(me, '体检');
  assertWithin(check);
  const problems = squeezed(check.map((page) => page.text).join(''));
  assert.equal(times(problems, '班级数'), COUNT / 4, 'all faults, not the first 12');
  assert.ok(!problems.includes('其余'));
  const order = [...problems.matchAll(/“(\d+)个”/g)].map((found) => Number(found[1]));
  assert.deepEqual(order, order.toSorted((a, b) => a - b), 'in the order of the table');
});
