// 分工 by file: points are assigned, every unit gets its workbook, what comes back is seen
// before anything happens, and stands side by side until the officer makes the district's
// text of it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { PYTHON, scratch } from './support/env.mjs';
import { fixture } from './support/fixture.mjs';
import { PANJIN } from './support/officer.mjs';
import { dialog, importIt, seeText } from './support/schools.mjs';
import { dropped, filled, split } from './support/units.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();
const run = promisify(execFile);

const scenario = (name, steps) => {
  for (const [form, address] of here.forms) {
    test(`${name}, ${form}`, { skip: !PYTHON && 'needs Python with openpyxl' }, () => here.atHome(steps, { address }));
  }
};

const row = (me, no) => me.page.getByRole('row', { name: new RegExp(`^${no} `) });

scenario('eighteen units get their workbooks, and what they return is all there', async (me) => {
  await me.startAssessment({ catalogue: PANJIN, unit: '兴隆台区' });
  await me.openPage('分工');
  await me.page.getByRole('heading', { name: '分工' }).waitFor();
  const returned = await filled(await split(me));
  assert.equal(returned.length, 18);
  await me.openPage('收集');
  await me.page.getByText(/18 个单位：未报 18/).waitFor();
  await dropped(me, returned.map((it) => it.file));
  await me.page.getByRole('heading', { name: '合并' }).waitFor();
  await eventually(async () => /还有 17 份文件/.test(await me.page.locator('main').innerText()), 'all files wait');
  await me.page.getByRole('button', { name: '没有冲突的文件一并确定' }).click();
  await me.seeNotice(/已收下 18 份文件/);
  await me.page.getByRole('heading', { name: '收集' }).waitFor();
  await me.page.getByText(/18 个单位：未报 0，已报 18/).waitFor();
  // What several units say of one point stands side by side until a person puts it together.
  const point = me.page.getByRole('article', { name: '任务 9', exact: true });
  for (const unit of ['市教育局', '市财政局']) await point.getByText(`${unit}对任务9的说明：已经落实。`).first().waitFor();
  await me.page.getByRole('button', { name: '全部追加到区级说明' }).click();
  await me.seeNotice(/已追加到 \d+ 项的区级说明/);
  await me.seeSaved();
  // The state before can be gone back to, although it has left just so in a file.
  await me.openPage('历史');
  await me.page.getByRole('row', { name: /导入前/ }).waitFor();
  // What has changed since somebody looked here is told at the points, until it was looked at.
  await me.openPage('填报');
  const filter = me.page.getByRole('combobox', { name: '筛选' });
  await filter.locator('option', { hasText: '导入后有变化' }).waitFor({ state: 'attached' });
  await filter.selectOption('导入后有变化');
  await me.page.getByText('找到 62 个任务').waitFor();
  await me.page.getByText(/^● 导入后有变化，来自 “.*市教育局交来\.xlsx”（市教育局）/).first().waitFor();
  await me.page.getByRole('button', { name: '都看过了' }).click();
  await filter.locator('option', { hasText: '导入后有变化' }).waitFor({ state: 'detached' });
  assert.equal(await me.page.getByText(/^● 导入后有变化/).count(), 0);
  await me.reload();
  await me.page.waitForTimeout(1500);
  assert.equal(await me.page.getByText(/^● 导入后有变化/).count(), 0);
  // Every sentence is at its point.
  await me.openPage('打印');
  const printed = await me.page.locator('main').innerText();
  for (const { texts } of returned) for (const text of Object.values(texts)) assert.ok(printed.includes(text), text);
  for (const { unit } of returned) assert.ok(printed.includes(`${unit}的通知`), unit);
});

scenario('a unit fills in with the program, is handed something back, and hands in again', async (me, context) => {
  await me.startAssessment({ catalogue: PANJIN, unit: '兴隆台区' });
  await me.openPage('分工');
  await me.page.getByRole('button', { name: '按单位', exact: true }).click();
  await me.page.getByLabel('市人社局 截止日期').fill('2026-11-20');
  await me.seeSaved();
  const given = await file(me, () => me.page.getByRole('button', { name: '市人社局 导出填报表' }).click(), 'given.xlsx');

  const first = await asUnit(given, async (unit) => {
    await unit.page.getByRole('button', { name: '作为单位填报打开' }).click();
    await unit.page.getByRole('heading', { level: 1 }).first().waitFor();
    await eventually(async () => (await unit.page.getByText('已完成 0 / 6').count()) > 0, 'it has its six points alone');
    assert.equal(await unit.page.getByRole('link', { name: '分工', exact: true }).count(), 0, 'a unit shares out nothing');
    await unit.typeNarrative(28, '市人社局：补贴发放到位。', '任务');
    await unit.seeSaved();
    return file(unit, () => unit.page.getByRole('button', { name: '导出回传文件' }).click(), '回传.xlsx');
  });
  await me.openPage('收集');
  await me.page.getByText('2026-11-20 超期').waitFor();
  await collect(me, first);
  const board = me.page.getByRole('row', { name: /^市人社局/ });
  await board.getByText('已报').waitFor();
  await board.getByText('1 / 6').waitFor();

  await board.getByText('退回', { exact: true }).click();
  await board.getByLabel('市人社局 退回意见').fill('请补充发放金额');
  await board.getByRole('button', { name: '退回全部' }).click();
  await me.seeNotice(/已退回/);
  const back = await file(me, () => me.page.getByRole('button', { name: '市人社局 导出退回文件' }).click(), '退回.xlsx');
  const { stdout } = await run(PYTHON, ['-c', `import openpyxl,sys
sheet = openpyxl.load_workbook(sys.argv[1])["自评表"]
print([cell.value for row in sheet.iter_rows() for cell in row if cell.value])`, back]);
  assert.ok(stdout.includes('退回意见') && stdout.includes('请补充发放金额') && stdout.includes('补贴发放到位'));

  const second = await asUnit(back, async (unit) => {
    await unit.page.getByRole('button', { name: '作为单位填报打开' }).click();
    await unit.seeValue(28, '完成情况说明', '市人社局：补贴发放到位。', '任务');
    await unit.typeNarrative(28, '市人社局：补贴发放到位，共 120 万元。', '任务');
    await unit.seeSaved();
    return file(unit, () => unit.page.getByRole('button', { name: '导出回传文件' }).click(), '再报.xlsx');
  });
  await collect(me, second);
  await board.getByText('已报').waitFor();
  const point = me.page.getByRole('article', { name: '任务 28', exact: true });
  await point.getByRole('button', { name: '采用' }).first().click();
  await me.seeNotice(/已写入区级说明/);
  await me.openPage('填报');
  await me.page.getByRole('link', { name: /困难群体|特殊教育|（十四）/ }).first().click();
  await me.seeValue(28, '完成情况说明', '市人社局：补贴发放到位，共 120 万元。', '任务');
  await me.button('撤销').click();
  await me.seeValue(28, '完成情况说明', '', '任务');

  async function asUnit(path, steps) {
    return here.atHome(async (unit) => {
      await unit.importFile(path);
      result = await steps(unit);
    }, { address: () => me.page.url().split('#')[0] }).then(() => result);
  }
});

let result;

async function file(me, press, name) {
  const path = join(await scratch(), name);
  await (await me.download(press)).saveAs(path);
  return path;
}

async function collect(me, path) {
  await me.importFile(path);
  await me.page.getByRole('heading', { name: '合并' }).waitFor();
  await me.page.getByRole('button', { name: /^确定，/ }).first().click();
  await me.page.getByRole('heading', { name: '收集' }).waitFor();
}

scenario('reading many files is given up by 取消, and nothing is taken', async (me) => {
  await me.startAssessment({ catalogue: PANJIN, unit: '兴隆台区' });
  await me.openPage('分工');
  const returned = (await filled(await split(me))).slice(0, 3).map((it) => it.file);
  await me.openPage('收集');
  // The worker gets no request any more, as if each took for ever.
  await me.page.evaluate(() => {
    const { postMessage } = Worker.prototype;
    window.letGo = () => { Worker.prototype.postMessage = postMessage; };
    Worker.prototype.postMessage = function (message, ...rest) {
      if (!message?.request) postMessage.call(this, message, ...rest);
    };
  });
  await dropped(me, returned);
  await me.page.getByText(/正在读入 1 \/ 3/).waitFor();
  await me.button('取消').click();
  await me.seeNotice(/已取消读入，其余文件没有读/);
  await me.page.getByText(/18 个单位：未报 18/).waitFor();
  assert.equal(await me.page.getByText('正在读入').count(), 0);
  await me.page.evaluate(() => window.letGo());
  await dropped(me, returned);
  await me.page.getByRole('heading', { name: '合并' }).waitFor();
});

scenario('points are assigned with the keys as rows of a spreadsheet, and one 撤销 takes it back', async (me) => {
  await me.startAssessment({ catalogue: PANJIN, unit: '兴隆台区' });
  await me.openPage('分工');
  await row(me, 1).focus();
  await me.page.keyboard.press('ArrowDown');
  await me.page.keyboard.press('ArrowDown');
  await me.page.keyboard.press('Shift+ArrowDown');
  await me.page.keyboard.press('Shift+ArrowDown');
  await me.page.getByText('已选 3 行').waitFor();
  await row(me, 10).click({ modifiers: ['Control'] });
  await me.page.getByText('已选 4 行').waitFor();
  await me.page.getByLabel('单位', { exact: true }).selectOption('市公安局');
  await me.page.getByRole('button', { name: '牵头', exact: true }).click();
  await me.seeNotice(/已改 4 行的分工/);
  const leads = async () => me.page.getByRole('row').filter({ hasText: /市公安局/ }).count();
  await eventually(async () => (await row(me, 3).innerText()).includes('市公安局'), 'it leads');
  const after = await leads();
  await me.page.getByText('已选 4 行').waitFor();
  await me.button('撤销').click();
  await eventually(async () => (await leads()) === after - 4, 'all four are as before');
  await me.page.getByRole('button', { name: '按单位', exact: true }).click();
  const unit = me.page.getByRole('row', { name: /^市文广局/ });
  await unit.getByText('改名').click();
  await unit.getByLabel('市文广局 的新名称').fill('市文旅广电局');
  await unit.getByRole('button', { name: '确定' }).click();
  await me.page.getByRole('row', { name: /^市文旅广电局/ }).waitFor();
  await me.page.getByRole('button', { name: '按任务', exact: true }).click();
  await eventually(async () => (await row(me, 57).innerText()).includes('市文旅广电局'), 'the new name stands at its points');
  await me.seeSaved();
  await me.reload();
  await eventually(async () => (await row(me, 57).innerText()).includes('市文旅广电局'), 'and is kept');
});

scenario('each school fills in its own numbers, and who has not is told', async (me) => {
  await me.startAssessment();
  await me.openPage('分工');
  await me.page.getByRole('button', { name: '按学校', exact: true }).click();
  await me.page.getByText('还没有学校。').waitFor();
  await me.openPage('学校数据');
  await me.button('粘贴导入…').click();
  await dialog(me).getByRole('textbox').fill('学校名称\t学段\n一小\t小学\n二小\t小学\n三校\t小学\n三校\t初中\n四小\t小学');
  await importIt(me);
  await me.openPage('分工');
  await me.page.getByRole('button', { name: '按学校', exact: true }).click();
  await me.page.getByRole('button', { name: '全选', exact: true }).click();
  await me.page.getByRole('button', { name: '各校自己填报', exact: true }).click();
  await me.seeNotice(/已改 5 行的分工/);
  await row(me, 5).click();
  await me.page.getByLabel('学区或单位', { exact: true }).fill('城关学区');
  await me.page.getByRole('button', { name: '由它填报', exact: true }).click();
  await eventually(async () => (await row(me, 5).innerText()).includes('城关学区'), 'the last one is asked of another');
  const returned = await filled(await split(me));
  assert.deepEqual(returned.map((it) => it.unit).sort(), ['一小', '三校', '二小', '城关学区'].sort());
  await me.openPage('收集');
  await dropped(me, returned.filter((it) => it.unit !== '二小').map((it) => it.file));
  await me.page.getByRole('button', { name: '没有冲突的文件一并确定' }).click();
  await me.seeNotice(/已收下 3 份文件/);
  await me.page.getByText(/4 个单位：未报 1，已报 3/).waitFor();
  const unit = (name) => me.page.getByRole('row', { name: new RegExp(`^${name} `) });
  await unit('三校').getByText('学校 2 / 2').waitFor();
  await unit('二小').getByText('学校 0 / 1').waitFor();
  await me.page.getByRole('button', { name: '三校 审核通过' }).click();
  await unit('三校').getByText('已审').waitFor();
  await me.page.getByRole('button', { name: '复制催报名单' }).click();
  await eventually(async () => /二小：学校数据未报/.test(await me.page.getByLabel('催报名单').inputValue()), 'who is missing');
  await me.seeSaved();
  await me.openPage('学校数据');
  for (const at of [0, 2, 3, 4]) await seeText(me, at, 'pupils', '321');
  await seeText(me, 1, 'pupils', '');
});

scenario('many points are changed at once on 总表, found texts are replaced, and one 撤销 takes each back', async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '全年召开会议 4 次，会议有纪要。');
  await me.typeNarrative(2, '会议制度健全。');
  await me.seeSaved();
  await me.openPage('总表');
  await me.page.getByText('54 / 54 行').waitFor();
  await eventually(async () => /^1 .*填报中.*\d{4}-/s.test(await row(me, 1).innerText().then((it) => it.replace(/\n/g, ' '))), 'who changed it last');
  await row(me, 1).locator('span').nth(1).click();
  await me.page.keyboard.press('Shift+ArrowDown');
  await me.page.keyboard.press('Shift+ArrowDown');
  await me.page.getByText('已选 3 行').waitFor();
  await me.page.getByLabel('填报状态', { exact: true }).selectOption('不适用');
  await me.page.getByRole('button', { name: '设状态' }).click();
  await me.seeNotice(/请先写明不适用理由/);
  await me.page.getByLabel('不适用理由').fill('本区没有此类学校');
  await me.page.getByRole('button', { name: '设状态' }).click();
  await me.seeNotice(/已改 3 行/);
  const states = async () => Promise.all([1, 2, 3].map(async (no) => (await row(me, no).innerText()).match(/未填|填报中|已完成|不适用/)[0]));
  await eventually(async () => (await states()).join() === '不适用,不适用,不适用', 'all three');
  await me.page.getByText('已选 3 行').waitFor();
  await me.button('撤销').click();
  await eventually(async () => (await states()).join() === '填报中,填报中,未填', 'as before');
  await me.page.getByText('查找替换', { exact: true }).click();
  await me.page.getByLabel('查找', { exact: true }).fill('会议');
  await me.page.getByLabel('替换为').fill('例会');
  await me.page.getByRole('button', { name: '全选' }).click();
  await me.page.getByRole('button', { name: '预览' }).click();
  await me.page.getByText('在 2 处文字中找到 3 次').waitFor();
  await me.page.getByRole('checkbox', { name: /要点 2 完成情况说明/ }).uncheck();
  await me.page.getByRole('button', { name: '替换', exact: true }).click();
  await me.seeNotice(/已替换 1 处文字/);
  await me.page.getByRole('columnheader', { name: '字数' }).getByRole('button').click();
  await me.page.getByRole('columnheader', { name: '字数' }).getByRole('button').click();
  await eventually(async () => (await me.page.getByRole('row').nth(1).innerText()).startsWith('1'), 'the longest first');
  await me.page.getByLabel('筛选状态').selectOption('填报中');
  await me.page.getByText('2 / 54 行').waitFor();
  await row(me, 1).focus();
  await me.page.keyboard.press('Enter');
  await me.seeValue(1, '完成情况说明', '全年召开例会 4 次，例会有纪要。');
});

scenario('two machines go on with one assessment and bring it together by backups, asked about nothing twice', async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '两边都有的。');
  await me.seeSaved();
  const start = await file(me, () => me.button('导出备份').click(), '开始.json');
  const fromHome = await here.atHome(async (home) => {
    await home.importFile(start);
    await home.dialog('导入').getByRole('button', { name: '导入', exact: true }).click();
    await home.typeNarrative(2, '家里写的第二点。');
    await home.seeSaved();
    result = await file(home, () => home.button('导出备份').click(), '家里.json');
  }, { address: () => me.page.url().split('#')[0] }).then(() => result);
  await me.typeNarrative(1, '两边都有的，办公室改了。');
  await me.seeSaved();
  const take = async () => {
    await me.importFile(fromHome);
    await me.dialog('导入').getByRole('button', { name: '逐处核对合并', exact: true }).click();
    await me.page.getByRole('heading', { name: '合并' }).waitFor();
  };
  await take();
  await me.page.getByText(/只有对方改了 2 处，只有本机改了 1 处。确定之前/).waitFor();
  await me.page.getByRole('button', { name: /^确定，写入 2 处/ }).first().click();
  await me.seeNotice(/已写入 2 处/);
  await me.seeValue(2, '完成情况说明', '家里写的第二点。');
  await me.typeNarrative(2, '家里写的第二点，办公室改了。');
  await me.seeSaved();
  await take();
  await me.page.getByText(/只有本机改了/).first().waitFor();
  assert.equal(await me.page.getByRole('region', { name: '两边改得不同' }).count(), 0, 'what was decided is not asked again');
  await me.page.getByRole('button', { name: '不合并这份文件' }).first().click();
  // What has left is told of, with what has changed since.
  await me.openPage('历史');
  const handed = me.page.getByRole('region', { name: '报送记录' });
  await handed.getByText(/_备份\.json$/).first().waitFor();
  await handed.getByText('此后的改动').first().click();
  await handed.getByText('家里写的第二点，办公室改了。').first().waitFor();
});
