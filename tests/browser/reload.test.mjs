// The page that is loaded anew, closed, or killed: what was typed is there again.
// Runs alone: it kills its browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typeAndReload } from './support/fault.mjs';
import { fixture } from './support/fixture.mjs';
import { officer } from './support/officer.mjs';
import { longText } from './support/texts.mjs';
import { eventually, pause } from './support/wait.mjs';

const here = fixture();

const scenario = (name, run) => test(name, () => here.atHome(async (me, context) => {
  await me.startAssessment();
  await run(me, context);
}));

async function another(context, address) {
  const other = officer(await context.newPage());
  await other.page.goto(address);
  await other.card(1).waitFor();
  return other;
}

scenario('edits made in the moment of a reload come back from the journal, with a word about it', async (me) => {
  await me.typeNarrative(1, '早已保存');
  await me.seeSaved();
  await typeAndReload(me.page, '早已保存，刚刚写的');
  await eventually(async () => (await me.field(1, '完成情况说明').inputValue()) === '早已保存，刚刚写的', 'the edit is back');
  await me.seeNotice('已恢复');
  await me.seeSaved();
  await me.reload();
  await me.seeValue(1, '完成情况说明', '早已保存，刚刚写的');
  assert.equal(await me.page.getByText('已恢复').count(), 0);
});

// The write waits behind many reads, as on a slow disk.
const reloadWhileSaving = async (me) => {
  await me.typeNarrative(1, '早已保存');
  await me.seeSaved();
  await me.page.evaluate(() => {
    const { get } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.get = function (...key) {
      for (let reads = 0; reads < 5000; reads++) get.apply(this, key);
      setTimeout(() => location.reload());
      return get.apply(this, key);
    };
  });
  const loaded = me.page.waitForEvent('load');
  await me.field(1, '完成情况说明').fill('早已保存，正在保存');
  await loaded;
  await me.card(1).waitFor();
  await me.seeValue(1, '完成情况说明', '早已保存，正在保存');
  await me.seeSaved();
};

scenario('edits that are on their way to the store at the moment of a reload are there again', reloadWhileSaving);

// As Chromium does now and then on a busy machine to a page that is opened from a file.
scenario('they are there again where localStorage comes up empty', async (me, context) => {
  await context.addInitScript(() => localStorage.clear());
  await reloadWhileSaving(me);
});

scenario('what is being composed when the page is closed is kept', async (me, context) => {
  const address = me.page.url();
  const cdp = await context.newCDPSession(me.page);
  await me.field(1, '完成情况说明').click();
  await me.page.keyboard.insertText('甲');
  await cdp.send('Input.imeSetComposition', { text: '你好', selectionStart: 2, selectionEnd: 2 });
  await me.page.close({ runBeforeUnload: true });
  const again = await another(context, address);
  await again.seeValue(1, '完成情况说明', '甲你好');
});

test('a page that is killed while somebody types loses at most the last half second', async () => {
  const text = longText(400);
  for (const [round, after] of [[0, 1100], [1, 1730], [2, 2410]]) {
    await here.atHome(async (me, context) => {
      await me.startAssessment();
      const address = me.page.url();
      const cdp = await context.newCDPSession(me.page);
      const typed = [];
      await me.field(1, '完成情况说明').click();
      const start = Date.now();
      for (const letter of text) {
        if (Date.now() - start > after) break;
        await me.page.keyboard.insertText(letter);
        typed.push(Date.now());
        await pause(60);
      }
      const killed = Date.now();
      cdp.send('Page.crash').catch(() => {});
      await me.page.waitForEvent('crash');
      const again = await another(context, address);
      const found = await again.field(1, '完成情况说明').inputValue();
      assert.equal(found, text.slice(0, found.length), 'a beginning of what was typed');
      const safe = typed.filter((time) => time < killed - 500).length;
      assert.ok(found.length >= safe, `round ${round}: ${found.length} of ${typed.length}, ${safe} older than 500 ms`);
    });
  }
});
