// 学校数据: typed through by keyboard, pasted, imported, sorted and filtered; what
// is refused keeps its text, and nothing typed is lost.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { PYTHON, scratch } from './support/env.mjs';
import { fixture } from './support/fixture.mjs';
import { compose } from './support/ime.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();
const run = promisify(execFile);

const scenario = (name, play) => test(name, () => here.atHome(async (me, context) => {
  await me.startAssessment();
  await me.openPage('学校数据');
  await play(me, context);
}, { options: { permissions: ['clipboard-read', 'clipboard-write'] } }));

const grid = (me) => me.page.getByRole('grid', { name: '学校数据' });
const field = (me) => me.page.locator('.z-grid__input');
const cell = (me, row, column) => me.page.locator(`#school-rows tr[data-at="${row}"] [data-column="${column}"]`);
const count = (me) => me.page.locator('#school-count');

const seeCount = (me, text) => eventually(async () => (await count(me).innerText()) === text, `the page says ${text}`);

// What a cell shows, whether it is the active one or not.
async function text(me, row, column) {
  const found = cell(me, row, column);
  const input = found.locator('input');
  return (await input.count()) ? input.inputValue() : found.innerText();
}

const seeText = (me, row, column, wanted) =>
  eventually(async () => (await text(me, row, column)) === wanted, `row ${row} ${column} is ${wanted}`);

async function paste(me, copied) {
  await me.page.evaluate((copied) => navigator.clipboard.writeText(copied), copied);
  await me.page.keyboard.press('Control+v');
}

async function pick(me, file) {
  const [chooser] = await Promise.all([me.page.waitForEvent('filechooser'), me.button('导入文件').click()]);
  await chooser.setFiles(file);
}

const dialog = (me) => me.dialog('导入学校数据');
const importIt = (me) => dialog(me).getByRole('button', { name: '导入', exact: true }).click();

scenario('cells are typed through by keyboard, kept, and taken back', async (me) => {
  const keys = me.page.keyboard;
  await me.button('添加一行').click();
  await field(me).waitFor();
  for (const typed of ['第一小学', '1101', '完小', '']) {
    await keys.type(typed);
    await keys.press('Tab');
  }
  await keys.press('ArrowRight');
  await keys.press('ArrowRight');
  await keys.type('１，２３４');
  await keys.press('ArrowRight');
  await seeText(me, 0, 'kind', '小学');
  await seeText(me, 0, 'pupils', '1234');
  await me.button('添加一行').click();
  await seeCount(me, '共 2 行');
  await keys.type('第二小学');
  await keys.press('ArrowUp');
  assert.equal(await field(me).inputValue(), '第一小学');
  await keys.press('F2');
  await keys.press('ArrowLeft');
  await keys.type('新');
  await keys.press('Enter');
  await seeText(me, 0, 'name', '第一小新学');
  await keys.press('ArrowUp');
  await keys.type('错了');
  await keys.press('Escape');
  await seeText(me, 0, 'name', '第一小新学');
  await keys.press('Control+End');
  await keys.press('Home');
  assert.equal(await field(me).inputValue(), '第二小学');
  await keys.press('Delete');
  await keys.press('Tab');
  await seeText(me, 1, 'name', '');
  await keys.press('Control+z');
  await seeText(me, 1, 'name', '第二小学');
  await me.seeSaved();
  await me.reload();
  await seeText(me, 0, 'pupils', '1234');
  await seeText(me, 1, 'name', '第二小学');
  await me.button('删除本行').click();
  await seeCount(me, '共 1 行');
  await me.button('撤销').click();
  await seeCount(me, '共 2 行');
});

scenario('an input method composes in a cell', async (me, context) => {
  const cdp = await context.newCDPSession(me.page);
  await me.button('添加一行').click();
  await field(me).waitFor();
  await compose(cdp, [['学校', 'xuexiao'], ['教育', 'jiaoyu']]);
  await me.page.keyboard.press('Tab');
  await seeText(me, 0, 'name', '学校教育');
});

// The three ways in which the cell that is clicked is the active one already: it was
// drawn so after a reload, an import or a move of the keyboard.
scenario('one click on the active cell and typing replaces its text, by keys and by an input method', async (me, context) => {
  const keys = me.page.keyboard;
  const cdp = await context.newCDPSession(me.page);
  await paste(me, '学校名称\t学校代码\t学段\t在校生数\n青禾小学\t1\t小学\t968\n云溪小学\t2\t小学\t410\n石桥小学\t3\t小学\t500');
  await dialog(me).getByText('将新增 3 行').waitFor();
  await importIt(me);
  await seeCount(me, '共 3 行');
  await cell(me, 0, 'name').click();
  await keys.type('新名');
  await keys.press('Enter');
  await seeText(me, 0, 'name', '新名');
  await cell(me, 1, 'name').click();
  await compose(cdp, [['青禾', 'qinghe'], ['学校', 'xuexiao']]);
  await keys.press('Enter');
  await seeText(me, 1, 'name', '青禾学校');
  await me.seeSaved();
  await me.reload();
  await cell(me, 0, 'name').click();
  await compose(cdp, [['教育', 'jiaoyu']]);
  await keys.press('Tab');
  await seeText(me, 0, 'name', '教育');
  await cell(me, 0, 'pupils').click();
  await cell(me, 0, 'pupils').click({ delay: 30 });
  await keys.type('970');
  await keys.press('Enter');
  await seeText(me, 0, 'pupils', '970');

  // Twice, or F2, and a click then sets the caret.
  await me.page.mouse.move(0, 0);
  await cell(me, 2, 'name').dblclick();
  await keys.type('分校');
  await keys.press('Enter');
  await seeText(me, 2, 'name', '石桥小学分校');
  await cell(me, 0, 'name').click();
  await cell(me, 0, 'name').dblclick();
  await keys.press('Home');
  await keys.type('新');
  await keys.press('Enter');
  await seeText(me, 0, 'name', '新教育');

  // Escape ends the composition, and a second one gives the old text back.
  await cell(me, 1, 'name').click();
  await cdp.send('Input.imeSetComposition', { text: 'q', selectionStart: 1, selectionEnd: 1 });
  assert.equal(await field(me).inputValue(), 'q', 'the first key replaces all');
  await cdp.send('Input.insertText', { text: '' });
  await keys.press('Escape');
  assert.equal(await field(me).inputValue(), '青禾学校');
  await me.seeSaved();
});

scenario('keys fill down, jump to the edge of data and lead to what is faulty', async (me) => {
  const keys = me.page.keyboard;
  await me.button('添加一行').click();
  await field(me).waitFor();
  await paste(me, Array.from({ length: 60 }, (_, at) => `第${at + 1}小学\t${at + 1}\t小学`).join('\n'));
  await seeCount(me, '共 60 行');
  await cell(me, 0, 'stage').click();
  await keys.type('小学');
  await keys.press('Enter');
  await keys.press('Control+d');
  await seeText(me, 1, 'stage', '小学');
  await keys.press('ArrowLeft');
  await keys.press('Control+ArrowDown');
  assert.equal(await field(me).getAttribute('aria-label'), '学校类型 第 60 行');
  await keys.press('Control+ArrowLeft');
  assert.equal(await field(me).inputValue(), '第60小学');
  await keys.press('Control+ArrowUp');
  assert.equal(await field(me).inputValue(), '第1小学');
  await cell(me, 1, 'stage').click();
  await keys.press('Control+Shift+ArrowDown');
  await keys.press('Control+d');
  await cell(me, 1, 'kind').click();
  await keys.press('Control+ArrowDown');
  await seeText(me, 59, 'stage', '小学');
  await keys.press('Control+z');
  await seeText(me, 2, 'stage', '');
  await keys.press('Control+End');
  await seeText(me, 59, 'stage', '');

  await keys.press('F8');
  await me.seeNotice('没有填写有误的单元格。');
  await keys.press('Control+Home');
  for (const [row, column, wrong] of [[2, 'pupils', '很多'], [2, 'stage', '学前'], [4, 'name', '']]) {
    await cell(me, row, column).click();
    if (wrong) await keys.type(wrong);
    await keys.press('Enter');
  }
  await keys.press('Control+Home');
  await keys.press('F8');
  assert.equal(await field(me).inputValue(), '学前');
  await me.button('下一处错误').click();
  assert.equal(await field(me).inputValue(), '很多');
  await grid(me).getByText('不是数字').waitFor();
  await keys.press('F8');
  assert.equal(await field(me).inputValue(), '学前', 'behind the last the first again');
  await keys.press('Shift+F8');
  assert.equal(await field(me).inputValue(), '很多');
  await me.seeSaved();
});

scenario('what is refused keeps its text, is marked and says why', async (me) => {
  await me.button('添加一行').click();
  await field(me).waitFor();
  await paste(me, '一小\t11\t小学\t小学\t公办\t城区\t很多\n二小\t12\t幼儿园\t小学\t公办\t城区\t5');
  await seeCount(me, '共 2 行，2 处有误');
  await seeText(me, 0, 'pupils', '很多');
  assert.equal(await cell(me, 0, 'pupils').getAttribute('aria-invalid'), 'true');
  await cell(me, 0, 'pupils').click();
  await grid(me).getByText('不是数字').waitFor();
  await me.page.keyboard.type('6');
  await me.page.keyboard.press('Enter');
  await seeCount(me, '共 2 行，1 处有误');
  await me.page.getByRole('checkbox', { name: '只看有误的行' }).check();
  await seeCount(me, '共 2 行，显示 1 行，1 处有误');
  await seeText(me, 0, 'name', '二小');
  await me.page.getByRole('checkbox', { name: '只看有误的行' }).uncheck();
  await grid(me).getByRole('button', { name: '在校生数（人）', exact: true }).click();
  await seeText(me, 0, 'pupils', '5');
  await eventually(async () => /合计 2 行/.test(await me.page.locator('#school-sums').innerText()), 'sums');
  assert.match(await me.page.locator('#school-sums [aria-colindex="7"]').innerText(), /^11$/);
  await me.seeSaved();
  await me.reload();
  await seeText(me, 1, 'kind', '幼儿园');
});

scenario('two thousand rows are pasted in one step, scrolled, typed in and taken back', async (me) => {
  const rows = Array.from({ length: 2000 }, (_, at) =>
    [`第${at + 1}小学`, 110000 + at, '小学', '小学', '公办', '城区', 400 + at, '', 12, 45, 0, 30, 28, 5, 2, 2, 30, 30, 5600.5, 800, 0, 3200, 300, 123.45, 12, 90.5, 4.6].join('\t'));
  await me.button('添加一行').click();
  await field(me).waitFor();
  const took = await me.page.evaluate(async (copied) => {
    const data = new DataTransfer();
    data.setData('text/plain', copied);
    const start = performance.now();
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    while (!document.querySelector('#school-count').textContent.startsWith('共 2000 行')) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  }, rows.join('\r\n'));
  console.log(`paste of 2,000 rows: ${took.toFixed(0)} ms`);
  assert.ok((await me.page.locator('#school-rows tr').count()) < 100, 'only what is in sight is drawn');
  await me.page.keyboard.press('Control+End');
  await me.page.keyboard.press('Home');
  assert.equal(await field(me).inputValue(), '第2000小学');
  await me.page.keyboard.type('实验小学');
  await me.page.locator('#school-grid').evaluate((box) => { box.scrollTop = 0; });
  await cell(me, 0, 'name').waitFor();
  assert.equal(await field(me).inputValue(), '实验小学');
  await me.page.keyboard.press('Tab');
  await seeText(me, 1999, 'name', '实验小学');
  await me.page.keyboard.press('Control+z');
  await me.seeSaved();
  await me.page.keyboard.press('Control+z');
  await seeCount(me, '共 1 行');
  await me.button('重做').click();
  await seeCount(me, '共 2000 行');
});

scenario('a table with heads is matched, corrected and imported', async (me) => {
  await me.button('粘贴导入…').click();
  await dialog(me).getByRole('textbox', { name: '从 Excel、WPS 或 Word 复制表格，在此粘贴' })
    .fill('单位：元\t\t\t\n校名\t学段\t公用经费\t总人数\n一小\t小学\t12345.67\t300\n合计\t\t12345.67\t300');
  await dialog(me).getByText('按“元”折算为万元').waitFor();
  await dialog(me).getByText('将新增 1 行').waitFor();
  await dialog(me).getByText('合计或统计行 1').waitFor();
  await dialog(me).getByRole('combobox', { name: '总人数 对应' }).selectOption({ label: '在校生数' });
  await importIt(me);
  await seeText(me, 0, 'funds', '1.234567');
  await seeText(me, 0, 'pupils', '300');
  await me.button('粘贴导入…').click();
  await dialog(me).getByRole('textbox').fill('学校名称\t学段\t班级数\n一小\t小学\t9\n二小\t小学\t8');
  assert.ok(await dialog(me).getByRole('checkbox', { name: /^更新已有的学校/ }).isChecked());
  await dialog(me).getByText('将新增 1 行，更新 1 行').waitFor();
  await importIt(me);
  await seeText(me, 0, 'classes', '9');
  await seeText(me, 0, 'pupils', '300');
  await seeCount(me, '共 2 行');
});

scenario('a CSV file in GB18030 and a workbook are imported, and a broken file changes nothing', async (me) => {
  const folder = await scratch();
  const [csv, xlsx, broken] = ['学校.csv', '学校.xlsx', '坏.xlsx'].map((name) => join(folder, name));
  await run(PYTHON, ['-c', `
import sys, openpyxl
open(sys.argv[1], 'w', encoding='gb18030', newline='').write('学校名称,学段,在校生数\\r\\n"䶮小, 东校区",小学,"1,020"\\r\\n')
book = openpyxl.Workbook()
sheet = book.active
sheet.append(['某区学校情况'])
sheet.merge_cells('A1:D1')
sheet.append(['学校名称', '学段', '教学仪器设备值（元）', '在校生数'])
sheet.append(['三中', '初中', 1234567.8, 900])
sheet.append(['合计', None, 1234567.8, 900])
book.save(sys.argv[2])
`, csv, xlsx]);
  await writeFile(broken, 'PK\x03\x04 这不是工作簿');
  await pick(me, csv);
  await importIt(me);
  await seeText(me, 0, 'name', '䶮小, 东校区');
  await seeText(me, 0, 'pupils', '1020');
  await pick(me, xlsx);
  await dialog(me).getByText('将新增 1 行').waitFor();
  await importIt(me);
  await seeText(me, 1, 'equipment', '123.45678');
  await pick(me, broken);
  await me.seeNotice('未导入：文件不完整');
  await seeCount(me, '共 2 行');
});

scenario('the template is filled in by another program and imported', async (me) => {
  const template = await me.download(() => me.button('下载模板').click());
  assert.equal(template.name, '学校数据模板.xlsx');
  const folder = await scratch();
  const [empty, filled] = ['模板.xlsx', '已填.xlsx'].map((name) => join(folder, name));
  await template.saveAs(empty);
  await run(PYTHON, ['-c', `
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
assert book.sheetnames == ['学校数据', '说明'], book.sheetnames
sheet = book['学校数据']
assert sheet['B2'].number_format == '@' or sheet.column_dimensions['B'].number_format == '@'
for column, value in enumerate(['第一小学', '0110', '小学', '小学', '公办', '城区', 300], 1):
    sheet.cell(2, column, value)
book.save(sys.argv[2])
`, empty, filled]);
  await pick(me, filled);
  await dialog(me).getByText('将新增 1 行').waitFor();
  await importIt(me);
  await seeText(me, 0, 'code', '0110');
  await seeText(me, 0, 'pupils', '300');
});

scenario('what is doubtful stands first and can all be settled before anything is taken', async (me) => {
  const page = me.page;
  await me.button('粘贴导入…').click();
  await dialog(me).getByRole('textbox').fill([
    '学校名称\t学段\t在校生数\t在校生数\t教学仪器设备值（美元）\t校长',
    '青禾小学\t小学\t5\t1.2万\t7\t王某', '石桥小学\t小学\t6\t60\t8\t李某', '合计\t\t11\t\t15\t',
  ].join('\n'));
  const doubts = dialog(me).getByRole('region', { name: '存疑之处' });
  for (const words of ['表头相同，一列都未取', '“美元”不认识', '“校长”（F 列）有 2 行有内容']) {
    await doubts.getByText(words).waitFor();
  }
  const list = (at, what) => page.locator(`#choice-${what}-0-${at}`);
  await list(3, 'column').selectOption({ label: '在校生数' });
  await eventually(async () => (await page.evaluate(() => document.activeElement.id)) === 'choice-column-0-3', 'the focus stays');
  await list(4, 'unit').selectOption({ label: '万元' });
  await dialog(me).getByRole('checkbox', { name: '读取带“万”的 1 处' }).check();
  await dialog(me).getByText('可勾选取回').click();
  await dialog(me).getByRole('checkbox', { name: /合计或统计行/ }).check();
  await dialog(me).getByText('将新增 3 行').waitFor();
  await dialog(me).getByRole('checkbox', { name: /合计或统计行/ }).uncheck();
  await importIt(me);
  await seeCount(me, '共 2 行');
  await seeText(me, 0, 'pupils', '12000');
  await seeText(me, 1, 'equipment', '8');
});

scenario('a file that is dropped is offered, on 学校数据 as schools, and the page stays', async (me) => {
  const drop = (name, text) => me.page.evaluate(([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    for (const type of ['dragover', 'drop']) {
      document.querySelector('main').dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, [name, text]);
  await drop('学校.csv', '学校名称,学段,在校生数\n青禾小学,小学,5\n');
  await dialog(me).getByText('将新增 1 行').waitFor();
  await importIt(me);
  await seeCount(me, '共 1 行');
  await me.openPage('填报');
  await drop('图.png', '不是备份');
  await me.seeNotice('“图.png”未导入');
});

test('without the file worker the template is CSV, and the page says so', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.openPage('学校数据');
  const template = await me.download(() => me.button('下载模板').click());
  assert.equal(template.name, '学校数据模板.csv');
  await me.seeNotice('已改为下载 CSV 模板');
}, {
  prepare: (context) => context.addInitScript(() => {
    const Real = window.Worker;
    window.Worker = class extends Real {
      postMessage(...rest) {
        if (!rest[0]?.request) return super.postMessage(...rest);
        setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: '内存不足' })), 50);
      }
    };
  }),
}));

// The block as "row/column" of its cells that are drawn.
const block = (me) => me.page.locator('#school-rows tr[data-at] .z-grid__cell--block').evaluateAll((cells) =>
  cells.map((cell) => `${cell.closest('tr').dataset.at}/${cell.dataset.column}`));

async function seeBlock(me, wanted) {
  await eventually(async () => (await block(me)).join() === wanted.join(), `the block is ${wanted}`);
}

const clipboard = (me) => me.page.evaluate(() => navigator.clipboard.readText());
const plainly = (text) => text.replaceAll('\r\n', '\n');

scenario('a block is selected by keys, copied, cleared in one step and pasted elsewhere', async (me) => {
  const keys = me.page.keyboard;
  await me.button('添加一行').click();
  await field(me).waitFor();
  await paste(me, '一小\t01\t小学\n二 "东" 校区\t02\t小学\n三小\t03\t小学');
  await seeCount(me, '共 3 行');
  await cell(me, 0, 'code').click();
  for (const key of ['Shift+ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowDown', 'Shift+ArrowUp']) await keys.press(key);
  await seeBlock(me, ['0/name', '0/code', '1/name', '1/code']);
  assert.equal(await cell(me, 1, 'name').getAttribute('aria-selected'), 'true');
  assert.equal(await grid(me).getAttribute('aria-multiselectable'), 'true');
  await keys.press('Control+c');
  assert.equal(plainly(await clipboard(me)), '一小\t01\n"二 ""东"" 校区"\t02\n');
  await keys.press('Delete');
  await seeText(me, 0, 'name', '');
  await seeText(me, 1, 'code', '');
  await seeText(me, 2, 'name', '三小');
  await seeBlock(me, ['0/name', '0/code', '1/name', '1/code']);
  await keys.press('Control+z');
  await seeText(me, 0, 'name', '一小');
  await seeText(me, 1, 'code', '02');
  await cell(me, 2, 'code').click();
  await keys.press('Shift+ArrowLeft');
  await keys.press('Control+v');
  await seeText(me, 2, 'name', '一小');
  await seeText(me, 3, 'name', '二 "东" 校区');
  await seeCount(me, '共 4 行');
  await cell(me, 0, 'sponsor').click();
  await keys.press('Shift+ArrowDown');
  await paste(me, '公办');
  await seeText(me, 0, 'sponsor', '公办');
  await seeText(me, 1, 'sponsor', '公办');
  await seeText(me, 2, 'sponsor', '');
  await keys.press('Escape');
  await seeBlock(me, []);
  await keys.press('Shift+ArrowDown');
  await keys.press('ArrowRight');
  await seeBlock(me, []);
  await keys.press('Shift+ArrowRight');
  await keys.type('镇区');
  await seeBlock(me, []);
  await keys.press('Enter');
  await seeText(me, 0, 'area', '镇区');
  await me.seeSaved();
});

scenario('a block is drawn with the mouse, and stays marked where rows are drawn anew', async (me) => {
  const keys = me.page.keyboard;
  await me.button('添加一行').click();
  await field(me).waitFor();
  await paste(me, Array.from({ length: 300 }, (_, at) => `第${at + 1}小学\t${at}`).join('\n'));
  await seeCount(me, '共 300 行');
  const centre = async (row, column) => {
    const box = await cell(me, row, column).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  for (const start of ['name', 'code']) {
    await me.page.mouse.move(...await centre(1, start));
    await me.page.mouse.down();
    await me.page.mouse.move(...await centre(2, 'kind'), { steps: 6 });
    await me.page.mouse.up();
    await seeBlock(me, (start === 'name' ? ['name', 'code', 'kind'] : ['code', 'kind'])
      .flatMap((column) => [`1/${column}`, `2/${column}`]).sort((a, b) => a[0] - b[0]));
    assert.equal(await field(me).inputValue(), start === 'name' ? '第2小学' : '1');
  }
  await cell(me, 3, 'code').click({ modifiers: ['Shift'] });
  await seeBlock(me, ['1/code', '2/code', '3/code']);
  await cell(me, 0, 'name').click();
  await seeBlock(me, []);
  await keys.press('Control+a');
  await keys.press('Control+c');
  const copied = plainly(await clipboard(me)).split('\n');
  assert.equal(copied.length, 301);
  assert.match(copied[299], /^第300小学\t299\t/);
  await me.page.locator('#school-grid').evaluate((box) => { box.scrollTop = box.scrollHeight; });
  await cell(me, 299, 'name').waitFor();
  assert.ok((await cell(me, 299, 'name').getAttribute('class')).includes('z-grid__cell--block'));
  await keys.press('Delete');
  await eventually(async () => (await cell(me, 299, 'name').innerText()) === '', 'everything is cleared');
  await me.button('撤销').click();
  await seeText(me, 0, 'name', '第1小学');
  await me.seeSaved();
});

scenario('撤销 leads to the row that it changes, also one that a filter hides or another page has', async (me) => {
  const active = me.page.locator('#school-rows .z-grid__cell--active');
  const seeActive = (row, column) => eventually(async () =>
    (await active.count()) === 1
    && (await active.getAttribute('data-column')) === column
    && (await active.evaluate((cell) => cell.closest('tr').dataset.at)) === String(row),
  `the active cell is ${row}/${column}`);
  const inSight = (row) => eventually(() => cell(me, row, 'name').evaluate((cell) => {
    const box = document.querySelector('#school-grid').getBoundingClientRect();
    const { top, bottom } = cell.getBoundingClientRect();
    return top >= box.top && bottom <= box.bottom;
  }), `row ${row} is in sight`);
  await me.button('添加一行').click();
  await field(me).waitFor();
  await paste(me, Array.from({ length: 300 }, (_, at) => `第${at + 1}小学\t${at}`).join('\n'));
  await seeCount(me, '共 300 行');
  await me.page.keyboard.press('Control+End');
  await me.page.keyboard.press('Home');
  await me.page.keyboard.press('ArrowRight');
  await me.page.keyboard.type('9999');
  await me.page.keyboard.press('Control+Home');
  await inSight(0);
  await me.button('撤销').click();
  await seeText(me, 299, 'code', '299');
  await seeActive(299, 'code');
  await inSight(299);
  await me.page.getByRole('searchbox', { name: '查找学校' }).fill('第1小学');
  await me.page.getByRole('searchbox', { name: '查找学校' }).press('Enter');
  await seeCount(me, '共 300 行，显示 1 行');
  await me.button('重做').click();
  await seeCount(me, '共 300 行，显示 2 行');
  await seeActive(1, 'code');
  await seeText(me, 1, 'code', '9999');
  await me.openPage('差异系数');
  await me.button('撤销').click();
  await grid(me).waitFor();
  await seeText(me, 299, 'code', '299');
  await seeActive(299, 'code');
  await me.seeSaved();
});

scenario('the way of counting 一贯制学校 is kept and taken back', async (me) => {
  const choice = me.page.getByRole('checkbox', { name: '一贯制学校按在校生折算' });
  await choice.check();
  await me.seeSaved();
  await me.reload();
  await choice.waitFor();
  assert.ok(await choice.isChecked());
  await choice.uncheck();
  await me.button('撤销').click();
  await eventually(() => choice.isChecked(), 'it is taken back');
});
