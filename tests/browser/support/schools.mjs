// 学校数据 as the tests work on it.
import { test } from 'node:test';
import { eventually } from './wait.mjs';

// Scenarios that begin on the empty page 学校数据 of a new assessment.
export const scenarios = (here) => (name, play) => test(name, () => here.atHome(async (me, context) => {
  await me.startAssessment();
  await me.openPage('学校数据');
  await play(me, context);
}, { options: { permissions: ['clipboard-read', 'clipboard-write'] } }));

export const grid = (me) => me.page.getByRole('grid', { name: '学校数据' });
export const field = (me) => me.page.locator('.z-grid__input');
export const cell = (me, row, column) => me.page.locator(`#school-rows tr[data-at="${row}"] [data-column="${column}"]`);
const count = (me) => me.page.locator('#school-count');

export const seeCount = (me, text) => eventually(async () => (await count(me).innerText()) === text, `the page says ${text}`);

// What a cell shows, whether it is the active one or not.
async function text(me, row, column) {
  const found = cell(me, row, column);
  const input = found.locator('input');
  return (await input.count()) ? input.inputValue() : found.innerText();
}

export const seeText = (me, row, column, wanted) =>
  eventually(async () => (await text(me, row, column)) === wanted, `row ${row} ${column} is ${wanted}`);

export async function paste(me, copied) {
  await me.page.evaluate((copied) => navigator.clipboard.writeText(copied), copied);
  await me.page.keyboard.press('Control+v');
}

export async function pick(me, file) {
  const [chooser] = await Promise.all([me.page.waitForEvent('filechooser'), me.button('导入文件').click()]);
  await chooser.setFiles(file);
}

export const dialog = (me) => me.dialog('导入学校数据');
export const importIt = (me) => dialog(me).getByRole('button', { name: '导入', exact: true }).click();
