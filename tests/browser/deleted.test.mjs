// 最近删除: one click and a reload lose nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAVED, fixture } from './support/fixture.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();

const NAME = '东城区 优质均衡 2026';
const bin = (me) => me.page.locator('.z-deleted');

async function deleteIt(me) {
  await me.goHome();
  await me.button(`删除 ${NAME}`).click();
  await me.seeNotice('已删除');
}

async function unfold(me) {
  await bin(me).waitFor();
  if (!await me.page.getByRole('table', { name: '最近删除' }).isVisible()) await bin(me).locator('summary').click();
  await me.page.getByRole('table', { name: '最近删除' }).waitFor();
}

here.afterSaving('what was deleted is in 最近删除 after a reload and comes back with its text', async (me) => {
  const address = me.page.url();
  await deleteIt(me);
  await me.reload();
  await me.page.getByText('本机还没有自评').waitFor();
  assert.equal(await me.page.getByText('本机数据已被清除').count(), 0, 'nothing is called lost');
  assert.equal(await me.button(`恢复 ${NAME}`).isVisible(), false, 'it is folded');
  await unfold(me);
  await bin(me).getByText('还保留 30 天').waitFor();

  // Its address does not open it behind the person's back.
  await me.page.goto(address);
  await me.seeNotice('在“最近删除”中，没有打开');

  await unfold(me);
  await me.button(`恢复 ${NAME}`).click();
  await me.page.getByRole('link', { name: NAME, exact: true }).click();
  await me.seeValue(1, '完成情况说明', SAVED);
  await me.goHome();
  assert.equal(await bin(me).count(), 0);
});

here.afterSaving('彻底删除 asks first, and then nothing is left', async (me) => {
  await deleteIt(me);
  await unfold(me);
  await me.button(`彻底删除 ${NAME}`).click();
  const dialog = me.dialog('彻底删除');
  await dialog.getByRole('button', { name: '取消' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await me.button(`彻底删除 ${NAME}`).click();
  await dialog.getByRole('button', { name: '彻底删除', exact: true }).click();
  await me.seeNotice('已彻底删除');
  await me.reload();
  await me.page.getByText('本机还没有自评').waitFor();
  assert.equal(await bin(me).count(), 0);
});

here.afterSaving('after 30 days it goes when 工作台 is opened', async (me, context) => {
  await deleteIt(me);
  const page = await context.newPage();
  await page.clock.install({ time: Date.now() + 29 * 86_400_000 });
  await page.goto(here.server.url);
  await page.locator('.z-deleted').waitFor();
  await page.clock.setSystemTime(Date.now() + 31 * 86_400_000);
  await page.reload();
  await page.getByText('本机还没有自评').waitFor();
  await eventually(async () => (await page.locator('.z-deleted').count()) === 0, 'its days are over');
});
