// 学校数据: typed through by keyboard, pasted, sorted and filtered; what is refused
// keeps its text, and nothing typed is lost.
import assert from 'node:assert/strict';
import { fixture } from './support/fixture.mjs';
import { compose } from './support/ime.mjs';
import { cell, dialog, field, grid, importIt, paste, scenarios, seeCount, seeText } from './support/schools.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();
const scenario = scenarios(here);

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
