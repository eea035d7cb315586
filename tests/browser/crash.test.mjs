// A panic of the program: the page says so at once, takes no more keys that
// nobody would hear, and what was typed in the last moment is there again.
//
// Where no `main` can be made, the program dies on its way to the page 分析.
// Runs alone: it kills its browser.
import assert from 'node:assert/strict';
import { crashNotice as notice, noticeDelay, plantFault, refuseWrites } from './support/fault.mjs';
import { SAVED, fixture } from './support/fixture.mjs';
import { composing } from './support/ime.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();

const scenario = here.afterSaving;

const narrative = (me) => me.field(1, '完成情况说明');

const deadlyLink = (me) =>
  me.page.getByRole('navigation', { name: '页面' }).getByRole('link', { name: '分析', exact: true });

// Sees the notice of a panic in Rust, in time and with its promises.
async function seeCrash(me, context) {
  await notice(me).waitFor();
  const delay = await eventually(() => noticeDelay(me.page), 'the notice is painted');
  assert.ok(delay <= 500, `the notice is there ${delay.toFixed(0)} ms after the fault`);
  await notice(me).getByRole('heading', { name: '程序遇到意外错误，已停止' }).waitFor();
  const words = await notice(me).innerText();
  assert.match(words, /已保存的内容都在本机，不受影响。/);
  assert.match(words, /最近一次保存：\d\d:\d\d:\d\d。/);
  assert.match(words, /最后的修改已另行保留，重新载入后会恢复。/);
  assert.match(words, /panicked at \S+\.rs:\d+:\d+:[^]*planted fault/);
  const errors = context.seen.errors.splice(0).join('\n');
  assert.match(errors, /RuntimeError: unreachable\s+at \S*wasm/, 'the program itself stopped');
}

async function reloadFromNotice(me) {
  await notice(me).getByRole('button', { name: '重新载入' }).click();
  await notice(me).waitFor({ state: 'detached' });
  await me.openPage('填报');
}

const seeRecovery = (me) => me.seeNotice('已恢复上次意外关闭前未及保存的修改');

for (const [form, address] of here.forms) {
  scenario(`what was typed in the very turn of a panic comes back from the journal, ${form}`, async (me, context) => {
    await plantFault(me.page, 'main');
    await refuseWrites(me.page, { afterFault: true });
    const typed = [[1, '完成情况说明', `${SAVED}，刚刚写的`], [2, '填报人', '刚刚写的人']];
    const fields = typed.map(async ([no, name, text]) => [await me.field(no, name).elementHandle(), text]);
    await me.page.evaluate(([fields, link]) => {
      for (const [field, text] of fields) {
        field.focus();
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      link.click();
    }, [await Promise.all(fields), await deadlyLink(me).elementHandle()]);
    await seeCrash(me, context);
    await reloadFromNotice(me);
    await seeRecovery(me);
    for (const [no, name, text] of typed) await me.seeValue(no, name, text);
    await me.seeSaved();
    await me.reload();
    for (const [no, name, text] of typed) await me.seeValue(no, name, text);
    assert.equal(await me.page.getByText('已恢复').count(), 0, 'it is recovered once');
  }, { address });
}

for (const [store, breakStore] of [
  ['works on', () => {}],
  ['takes nothing any more', (me) => refuseWrites(me.page, { afterFault: true })],
]) {
  scenario(`a panic 5 ms after the last key loses no key, where the store ${store}`, async (me, context) => {
    const text = '，刚刚写的 and the end.';
    await plantFault(me.page, 'main');
    await breakStore(me);
    await narrative(me).press('End');
    await me.page.evaluate(([field, link, text]) => field.addEventListener('input', () => {
      if (field.value.endsWith(text)) setTimeout(() => link.click(), 5);
    }), [await narrative(me).elementHandle(), await deadlyLink(me).elementHandle(), text]);
    await me.page.keyboard.type(text, { delay: 15 });
    await seeCrash(me, context);
    await reloadFromNotice(me);
    await me.seeValue(1, '完成情况说明', `${SAVED}${text}`);
  });
}

scenario('what is being composed when the program dies is kept', async (me, context) => {
  await plantFault(me.page, 'main');
  await refuseWrites(me.page, { afterFault: true });
  await narrative(me).press('End');
  await composing(await context.newCDPSession(me.page), '你好');
  await deadlyLink(me).evaluate((link) => { location.hash = link.getAttribute('href'); });
  await seeCrash(me, context);
  await reloadFromNotice(me);
  await seeRecovery(me);
  await me.seeValue(1, '完成情况说明', `${SAVED}你好`);
});

scenario('what is on its way to the store when the program dies is kept', async (me, context) => {
  await plantFault(me.page, 'main');
  await deadlyLink(me).evaluate((link) => {
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (names, mode, ...rest) {
      if (mode === 'readwrite') queueMicrotask(() => link.click());
      return transaction.call(this, names, mode, ...rest);
    };
  });
  await narrative(me).fill(`${SAVED}，正在保存`);
  await seeCrash(me, context);
  await reloadFromNotice(me);
  await me.seeValue(1, '完成情况说明', `${SAVED}，正在保存`);
});

scenario('what the store has refused before the program dies is kept', async (me, context) => {
  await refuseWrites(me.page);
  await me.typeNarrative(1, `${SAVED}，没有存下`);
  await me.seeUnsaved(/存储空间已满/);
  await plantFault(me.page, 'main');
  await deadlyLink(me).click();
  await seeCrash(me, context);
  await reloadFromNotice(me);
  await seeRecovery(me);
  await me.seeValue(1, '完成情况说明', `${SAVED}，没有存下`);
});

scenario('beside the notice of a panic nothing on the page answers', async (me, context) => {
  const { x, y } = await narrative(me).boundingBox();
  const shown = () => me.page.locator('#point-1 textarea').first().inputValue();
  await plantFault(me.page, 'main');
  await deadlyLink(me).click();
  await seeCrash(me, context);

  const awake = await me.page.evaluate(() =>
    [...document.body.children].filter((it) => it.id !== 'crash' && !it.inert).map((it) => it.outerHTML));
  assert.deepEqual(awake, []);
  const focus = () => me.page.evaluate(() => {
    const it = document.activeElement;
    return it === document.body ? 'none' : it.closest('#crash') && it.textContent.slice(0, 6);
  });
  assert.equal(await focus(), '重新载入');
  for (const stop of ['回到工作台', '下载原始数据', '复制错误信息', '智督 ']) {
    await me.page.keyboard.press('Tab');
    assert.ok((await focus()).startsWith(stop), `Tab goes to ${stop}`);
  }
  for (let presses = 0; presses < 8; presses++) {
    await me.page.keyboard.press('Tab');
    assert.notEqual(await focus(), null, 'Tab never leaves the notice for the page');
  }
  await me.page.mouse.click(x + 5, y + 5);
  await me.page.keyboard.insertText('没有人听');
  assert.equal(await shown(), SAVED, 'no field takes keys');
  await reloadFromNotice(me);
  await me.seeValue(1, '完成情况说明', SAVED);
});
