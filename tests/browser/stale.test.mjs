// Two windows on one piece of work, and the page that dies: the window that is
// no longer the writer never overwrites, and what was typed is there again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INTRANET } from './support/chromium.mjs';
import { fixture } from './support/fixture.mjs';
import { officer } from './support/officer.mjs';
import { longText, seeded } from './support/texts.mjs';
import { eventually, pause } from './support/wait.mjs';

const here = fixture({ args: INTRANET });

const scenario = (name, run, { host = 'localhost' } = {}) =>
  test(name, () => here.atHome(async (me, context) => {
    await me.startAssessment();
    await run(me, context);
  }, { address: () => here.server.url.replace('localhost', host) }));

async function another(context, address) {
  const other = officer(await context.newPage());
  await other.page.goto(address);
  await other.card(1).waitFor();
  return other;
}

for (const host of ['localhost', 'intranet.test']) {
  scenario(`the window that is no longer the writer says so and never overwrites, on ${host}`, async (first, context) => {
    await first.typeNarrative(1, '第一窗口');
    await first.seeSaved();
    const second = await another(context, first.page.url());
    await second.seeValue(1, '完成情况说明', '第一窗口');
    await second.typeNarrative(1, '第二窗口');
    await second.seeSaved();

    await first.typeNarrative(1, '迟到的修改');
    await first.seeUnsaved(/另一个窗口/);
    await first.seeValue(1, '完成情况说明', '迟到的修改');
    await first.fill(1, '填报人', '迟到的人');
    await first.seeUnsaved(/另一个窗口/);
    await first.page.close();
    await second.typeNarrative(2, '继续');
    await second.seeSaved();
    await second.reload();
    await second.seeValue(1, '完成情况说明', '第二窗口');
    await second.seeValue(1, '填报人', '');
    await second.seeValue(2, '完成情况说明', '继续');
  }, { host });
}

scenario('whatever the order of typing and reloading, what was called saved last is what is there', async (me, context) => {
  const random = seeded(7);
  const windows = [me, await another(context, me.page.url())];
  let writer = 1;
  let last = '';
  for (let step = 0; step < 24; step++) {
    const at = random() < 0.5 ? 0 : 1;
    if (random() < 0.35) {
      await windows[at].reload();
      await windows[at].seeValue(1, '完成情况说明', last);
      writer = at;
    } else {
      const text = `第${step}步，窗口${at}`;
      await windows[at].typeNarrative(1, text);
      if (at === writer) {
        await windows[at].seeSaved();
        last = text;
      } else {
        await windows[at].seeUnsaved(/另一个窗口/);
      }
    }
  }
  const third = await another(context, me.page.url());
  await third.seeValue(1, '完成情况说明', last);
});

scenario('edits made in the moment of a reload come back from the journal, with a word about it', async (me) => {
  await me.typeNarrative(1, '早已保存');
  await me.seeSaved();
  await me.page.evaluate(() => {
    const field = document.querySelector('#point-1 textarea');
    field.focus();
    field.value = '早已保存，刚刚写的';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    location.reload();
  });
  await eventually(async () => (await me.field(1, '完成情况说明').inputValue()) === '早已保存，刚刚写的', 'the edit is back');
  await me.seeNotice('已恢复');
  await me.seeSaved();
  await me.reload();
  await me.seeValue(1, '完成情况说明', '早已保存，刚刚写的');
  assert.equal(await me.page.getByText('已恢复').count(), 0);
});

// The write waits behind many reads, as on a slow disk.
scenario('edits that are on their way to the store at the moment of a reload are there again', async (me) => {
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
