// A page without traps: nothing leaves the screen, moves away under a click or
// freezes, and the keys lead where they say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from './support/fixture.mjs';
import { compose } from './support/ime.mjs';
import { DUTIES } from './support/officer.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();

const scenario = (name, run, options) => test(name, () => here.atHome(run, { options }));

const focused = (me) => me.page.evaluate(() => {
  const it = document.activeElement;
  return it.getAttribute('data-doc') ?? it.id;
});

const seeFocus = (me, wanted, what) => eventually(async () => wanted.test(await focused(me)), what).catch(async () => {
  assert.match(await focused(me), wanted, what);
});

for (const [width, height] of [[800, 450], [960, 540], [1024, 768], [1093, 614], [1366, 768], [1920, 1080]]) {
  for (const large of [false, true]) {
    scenario(`at ${width} px ${large ? 'with 大字 ' : ''}nothing of the header leaves the screen`, async (me) => {
      if (large) await me.button('大字').click();
      await me.button('打开示例').click();
      await me.card(1).waitFor();
      await me.page.getByText('可离线使用').waitFor();
      const seeAll = async () => {
        for (const it of [me.button('导出 Excel'), me.button('导出备份'), me.button('撤销'), me.saveState(), me.page.getByRole('region', { name: '得分' })]) {
          const box = await it.boundingBox();
          assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= height, `${await it.innerText()} ${JSON.stringify(box)}`);
        }
        const across = await me.page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(across <= width, `the page is ${across} px wide`);
      };
      await seeAll();
      await me.page.mouse.wheel(0, 600);
      await eventually(() => me.page.evaluate(() => window.scrollY > 0), 'the page is scrolled');
      await seeAll();
    }, { viewport: { width, height } });
  }
}

scenario('a group of the tree takes one line, names its points and counts what is begun and found', async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '开始填报');
  const tree = me.page.getByRole('navigation', { name: '指标目录' });
  const rows = await tree.locator('.z-tree__row').evaluateAll((all) => all.map((row) => {
    const [first, ...rest] = [...row.children].filter((it) => it.offsetHeight > 0 && it.tagName !== 'PROGRESS').map((it) => it.getBoundingClientRect());
    return rest.every((box) => box.top < first.bottom && box.bottom > first.top);
  }));
  assert.ok(rows.length > 5 && rows.every(Boolean), 'all parts of a row stand beside each other');
  const row = tree.locator('.z-tree__row').filter({ hasText: '立德树人' });
  await eventually(async () => /1–2\s*◐1 0\/2/.test((await row.innerText()).replace(/\s+/g, ' ')), 'numbers and counts').catch(async () => {
    assert.match((await row.innerText()).replace(/\s+/g, ' '), /1–2\s*◐1 0\/2/);
  });
  await me.page.getByRole('combobox', { name: '筛选' }).selectOption('填报中');
  await eventually(async () => /符合 1/.test(await row.innerText()), 'hits');
});

scenario('a click right after a refused value is not swallowed', async (me) => {
  await me.startAssessment();
  const score = me.field(1, '自评得分');
  for (const [text, name] of [['9', '添加材料'], ['4.005', '添加材料']]) {
    await score.fill('');
    await score.pressSequentially(text);
    const rows = me.card(1).getByRole('group', { name: /^材料 / });
    const before = await rows.count();
    const box = await me.card(1).getByRole('button', { name, exact: true }).boundingBox();
    // As a hand does it: down where the button is, up at the same place.
    await me.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await me.page.mouse.down();
    await new Promise((done) => setTimeout(done, 120));
    await me.page.mouse.up();
    await eventually(async () => (await rows.count()) === before + 1, 'the row is there');
    await eventually(async () => (await score.getAttribute('aria-invalid')) === 'true', 'and the value is refused');
  }
  // The same in a table, where the button is right below the field.
  const pages = me.card(1).getByRole('textbox', { name: '页数', exact: true }).first();
  await pages.pressSequentially('三页');
  const remove = me.card(1).getByRole('button', { name: /^移除 / }).nth(1);
  const box = await remove.boundingBox();
  await me.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await me.page.mouse.down();
  await new Promise((done) => setTimeout(done, 120));
  await me.page.mouse.up();
  await me.seeNotice('已移除一份材料');
});

scenario('keys and help follow the group that is shown, and no sibling is skipped', async (me) => {
  await me.startAssessment({ catalogue: DUTIES });
  const tree = me.page.getByRole('navigation', { name: '指标目录' });
  await me.cards().first().getByRole('textbox', { name: '完成情况说明' }).focus();
  const links = tree.getByRole('link');
  await links.last().click();
  const heading = me.page.locator('#group-heading');
  await eventually(async () => (await heading.innerText()).includes((await links.last().innerText()).slice(0, 4)), 'the last group');
  const aside = me.page.getByRole('complementary', { name: '填报参考' });
  const first = (await me.cards().first().locator('h3').first().innerText()).trim();
  await eventually(async () => (await aside.locator('h2').innerText()).trim() === first, 'help for what is shown');
  // Back and forth leads through neighbours.
  const here_ = await heading.innerText();
  await me.page.keyboard.press('Alt+PageUp');
  await eventually(async () => (await heading.innerText()) !== here_, 'the group before');
  await me.page.keyboard.press('Alt+PageDown');
  await eventually(async () => (await heading.innerText()) === here_, 'and back');
});

scenario('a number in 查找 leads to its point, also past a filter', async (me) => {
  await me.startAssessment();
  const search = me.page.getByRole('searchbox', { name: '查找' });
  for (const words of ['44', '要点44', '要点 12', '３']) {
    const no = words.replace(/\D/g, '') || '3';
    await search.fill(words);
    await search.press('Enter');
    await seeFocus(me, new RegExp(`\\.0?${no}/narrative$`), words);
  }
  await me.page.getByRole('combobox', { name: '筛选' }).selectOption('已完成');
  await search.fill('20');
  await search.press('Enter');
  await seeFocus(me, /\.20\/narrative$/, 'past the filter');
});

scenario('Enter goes on in rows of materials and of 测评点, and means nothing to an input method', async (me, context) => {
  await me.startAssessment();
  await me.addEvidence(1, { 材料名称: '第一份' });
  const rows = me.card(1).getByRole('group', { name: /^材料 / });
  const title = (at) => rows.nth(at).getByRole('textbox', { name: '材料名称', exact: true });
  await title(0).press('Enter');
  await eventually(async () => (await rows.count()) === 2, 'a row is made');
  await seeFocus(me, /\/title$/, 'the new row has the focus');
  await me.page.keyboard.press('Enter');
  assert.equal(await rows.count(), 2, 'an empty row is enough');
  const cdp = await context.newCDPSession(me.page);
  await compose(cdp, [['规划', 'guihua']]);
  await cdp.send('Input.imeSetComposition', { text: 'anquan', selectionStart: 6, selectionEnd: 6 });
  await me.page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true })));
  await cdp.send('Input.insertText', { text: '安全' });
  assert.equal(await title(1).inputValue(), '规划安全');
  assert.equal(await rows.count(), 2);
  await title(0).focus();
  await me.page.keyboard.press('Enter');
  assert.equal(await title(1).evaluate((it) => it === document.activeElement), true);
});

scenario('rows that are pasted into materials become rows, in one step', async (me) => {
  await me.startAssessment();
  await me.card(1).getByRole('button', { name: '添加材料', exact: true }).click();
  const rows = me.card(1).getByRole('group', { name: /^材料 / });
  const title = rows.first().getByRole('textbox', { name: '材料名称', exact: true });
  await title.waitFor();
  await title.evaluate((field) => {
    const data = new DataTransfer();
    data.setData('text/plain', '会议纪要\t〔2026〕1号\r\n发展规划\t〔2026〕2号\r\n经费决算\t〔2026〕3号\r\n');
    field.focus();
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await eventually(async () => (await rows.count()) === 3, 'three rows');
  assert.equal(await title.inputValue(), '会议纪要');
  assert.equal(await rows.nth(2).getByRole('textbox', { name: '文号', exact: true }).inputValue(), '〔2026〕3号');
  await me.button('撤销').click();
  await eventually(async () => (await rows.count()) === 1, 'one step back');
});

scenario('体检 leads to the field, to the cell, and in the order of the table', async (me) => {
  await me.startAssessment();
  await me.score(2, '99');
  await me.openPage('体检');
  const errors = me.page.getByRole('region', { name: '错误', exact: true });
  await errors.getByRole('link', { name: '要点 2' }).click();
  await seeFocus(me, /\.02\/score$/, 'the very field');

  await me.openPage('学校数据');
  const cell = () => me.page.locator('.z-grid__input');
  const at = (row, column) => me.page.locator(`#school-rows tr[data-at="${row}"] [data-column="${column}"]`);
  for (const [row, name] of ['甲校', '乙校', '丙校'].entries()) {
    await me.button('添加一行').click();
    for (const [column, text] of [['name', name], ['teachers', '很多']]) {
      await at(row, column).click();
      await me.page.keyboard.type(text);
      await me.page.keyboard.press('Tab');
    }
  }
  await me.openPage('体检');
  const found = errors.locator('li').filter({ hasText: '“很多”' });
  await found.first().waitFor();
  const order = (await found.allInnerTexts()).map((text) => text.match(/[甲乙丙]校/)[0]);
  assert.deepEqual(order, ['甲校', '乙校', '丙校']);
  await found.nth(1).getByRole('link').click();
  await eventually(async () => (await cell().count()) === 1 && (await cell().inputValue()) === '很多', 'the cell is the active one');
  assert.equal(await cell().evaluate((it) => it === document.activeElement), true);
  assert.match(await cell().getAttribute('aria-label'), /第 2 行/);
});

scenario('focus stays on the page 体检 after its actions, and what is typed there stays', async (me) => {
  await me.startAssessment();
  for (const no of [1, 2, 3]) await me.card(no).count() && await me.card(no).getByRole('button', { name: '满分' }).click();
  await me.openPage('体检');
  const warnings = me.page.getByRole('region', { name: '警告', exact: true });
  const first = warnings.locator('li').first();
  await first.getByText('不再提示').click();
  await first.getByRole('textbox').fill('已另行报送');
  await first.getByRole('button', { name: '确定' }).click();
  await me.page.getByText('理由：已另行报送').waitFor();
  const inside = () => me.page.evaluate(() => document.activeElement !== document.body && document.activeElement.closest('main') !== null);
  await eventually(inside, 'the focus is still on the page');
  await me.page.getByRole('button', { name: '恢复提示' }).click();
  await eventually(async () => (await me.page.getByText('理由：已另行报送').count()) === 0, 'it is back');
  await eventually(inside, 'the focus is still on the page');
});

// What the built-in translation of a browser does to a page.
const translate = () => {
  const skip = new Set(['SCRIPT', 'STYLE', 'TEXTAREA', 'FONT', 'OPTION']);
  const wrap = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const all = [];
    while (walker.nextNode()) all.push(walker.currentNode);
    for (const text of all) {
      if (text.data.trim() && text.parentNode && !skip.has(text.parentNode.nodeName)) {
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = text.data;
        outer.append(inner);
        text.parentNode.replaceChild(outer, text);
      }
    }
  };
  wrap(document.body);
  new MutationObserver((all) => all.forEach((it) => it.addedNodes.forEach((node) => node.nodeType === 1 && wrap(node))))
    .observe(document.body, { childList: true, subtree: true });
};

scenario('a translated page goes on counting and saving', async (me) => {
  assert.equal(await me.page.locator('html').getAttribute('translate'), 'no');
  const errors = [];
  me.page.on('pageerror', (error) => errors.push(String(error)));
  await me.startAssessment();
  await me.typeNarrative(1, '之前');
  await me.seeSaved();
  await me.page.evaluate(translate);
  await me.score(1, '3.5');
  await me.seeTotal('得分 3.5 / 4 / 100');
  await me.choose(1, '已完成');
  await me.seeTotal('已完成 1 / 54');
  await me.typeNarrative(1, '翻译之后写的');
  await eventually(async () => (await me.saveState().innerText()).startsWith('已保存'), 'it says 已保存');
  await me.button('撤销').click();
  await me.seeValue(1, '完成情况说明', '之前');
  await me.score(1, '9');
  await me.seeTotal('得分 0 / 0 / 100');
  for (const page of ['学校数据', '差异系数', '分析', '体检', '封面', '打印', '历史', '填报']) await me.openPage(page);
  await me.card(1).waitFor();
  await me.button('快捷键').click();
  await me.dialog('快捷键').getByRole('button', { name: '关闭' }).click();
  await me.openPage('体检');
  await me.page.getByRole('region', { name: '错误', exact: true }).waitFor();
  await me.goHome();
  await me.page.getByRole('link', { name: '东城区 优质均衡 2026', exact: true }).waitFor();
  assert.equal(await me.page.locator('#crash').count(), 0);
  assert.deepEqual(errors, []);
});

scenario('the tab says whose form it is, and a skip link leads past the header', async (me) => {
  assert.equal(await me.page.title(), '智督');
  await me.startAssessment({ unit: '西城区' });
  await eventually(async () => (await me.page.title()) === '西城区 优质均衡 · 智督', 'the title').catch(async () => {
    assert.equal(await me.page.title(), '西城区 优质均衡 · 智督');
  });
  const address = me.page.url();
  await me.page.evaluate(() => document.activeElement.blur());
  await me.page.locator('.z-skip').focus();
  await me.page.keyboard.press('Enter');
  await eventually(() => me.page.evaluate(() => document.activeElement.matches('main')), 'the content has the focus');
  assert.equal(me.page.url(), address);
  await me.goHome();
  await eventually(async () => (await me.page.title()) === '智督', 'the title of 工作台');
});

scenario('what is wrong in 新建自评 is tied to its field', async (me) => {
  await me.button('新建自评').click();
  const form = me.dialog('新建自评');
  await form.getByRole('button', { name: '创建', exact: true }).click();
  const unit = form.getByLabel('填报单位', { exact: true });
  assert.equal(await unit.getAttribute('aria-invalid'), 'true');
  const said = (field) => field.evaluate((it) => document.getElementById(it.getAttribute('aria-describedby')).textContent);
  assert.match(await said(unit), /请填写填报单位/);
  await unit.fill('东城区');
  const due = form.getByRole('textbox', { name: '截止日期' });
  await due.fill('年底');
  await form.getByRole('button', { name: '创建', exact: true }).click();
  assert.equal(await unit.getAttribute('aria-invalid'), null);
  assert.equal(await due.getAttribute('aria-invalid'), 'true');
  assert.match(await said(due), /日期/);
});

scenario('two assessments of the same unit, catalogue and year are told apart', async (me) => {
  await me.startAssessment();
  await me.goHome();
  await me.startAssessment();
  await me.goHome();
  const name = '东城区 优质均衡 2026';
  await me.button(`复制 ${name}`).click();
  await me.page.getByRole('link', { name: `${name} 副本`, exact: true }).waitFor();
  await me.button(`复制 ${name}`).click();
  await eventually(async () => (await me.page.locator('.z-home__table tbody a').count()) === 4, 'four rows');
  const names = await me.page.locator('.z-home__table tbody a').allInnerTexts();
  assert.equal(new Set(names).size, names.length, names.join());
});

scenario('a catalogue without such measures offers no 学校数据 and no 差异系数', async (me) => {
  await me.startAssessment({ catalogue: DUTIES });
  const pages = me.page.getByRole('navigation', { name: '页面' });
  await pages.getByRole('link', { name: '体检', exact: true }).waitFor();
  assert.equal(await pages.getByRole('link', { name: '差异系数', exact: true }).count(), 0);
});

scenario('materials without a row have no table head, and tabs stand still', async (me) => {
  await me.startAssessment();
  assert.equal(await me.card(1).locator('.z-evidence__labels').isVisible(), false);
  await me.addEvidence(1, { 材料名称: '有了' });
  assert.equal(await me.card(1).locator('.z-evidence__labels').isVisible(), true);
  const tab = me.page.getByRole('navigation', { name: '页面' }).getByRole('link', { name: '历史', exact: true });
  const before = await tab.boundingBox();
  for (const name of ['分析', '体检', '封面']) {
    await me.openPage(name);
    await me.page.locator('main h1').waitFor();
    assert.deepEqual(await tab.boundingBox(), before, name);
  }
});

scenario('a damaged backup is refused in plain Chinese', async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '内容');
  await me.seeSaved();
  const backup = await me.exportBackup();
  const path = `${process.env.TMPDIR ?? '/tmp'}/damaged-${process.pid}.json`;
  await backup.saveAs(path);
  const { readFile, rm } = await import('node:fs/promises');
  const bytes = await readFile(path);
  await rm(path);
  await me.importFile({ name: '坏的.json', mimeType: 'application/json', buffer: bytes.subarray(0, bytes.length - 40) });
  const notice = await me.seeNotice('未导入');
  const text = (await notice.innerText()).replace(/（技术信息：[^）]*）/g, '');
  assert.match(text, /不完整/);
  assert.match(text, /没有任何改动/);
  assert.doesNotMatch(text, /EOF|line|column|expected/);
});
