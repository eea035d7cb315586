// 分析: charts that follow the form, and that leave the page as pictures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from './support/fixture.mjs';
import { INTRANET } from './support/chromium.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture({ args: INTRANET });

const chart = (me, name) => me.page.getByRole('img', { name: new RegExp(`^${name}`) });
const copyOf = (me, name) => me.page.getByRole('button', { name: `复制图片：${name}`, exact: true });

// Width, height and how many colours a picture in the clipboard has.
const clipboardPicture = (page) => page.evaluate(async () => {
  const [item] = await navigator.clipboard.read();
  const bitmap = await createImageBitmap(await item.getType('image/png'));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const dots = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
  return { width: bitmap.width, height: bitmap.height, colours: new Set(dots).size };
});

test('the charts follow the scores, and each has its data beneath', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.score(1, '3');
  await me.score(2, '4');
  await me.openPage('分析');
  await chart(me, '各级指标得分率').getByText('87.5%　7 / 8').first().waitFor();
  await chart(me, '失分排名').getByText('失 1 分').waitFor();
  await me.page.locator('summary[aria-label="数据表：各级指标得分率"]').click();
  const row = me.page.locator('figure', { has: chart(me, '各级指标得分率') }).getByRole('row', { name: /^（一）立德树人/ });
  assert.match(await row.innerText(), /87\.5%\s+7 \/ 8/);
  // 撤销 leads to where the score was typed.
  await me.button('撤销').click();
  await me.card(2).waitFor();
  await me.openPage('分析');
  await chart(me, '各级指标得分率').getByText('75.0%　3 / 4').first().waitFor();
}));

test('a chart is copied as a sharp picture', () => here.atHome(async (me) => {
  await me.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await me.button('打开示例').click();
  await me.card(1).waitFor();
  await me.openPage('分析');
  for (const name of ['各级指标得分率', '得分率雷达图', '量化指标达标情况']) {
    await copyOf(me, name).click();
    await me.page.getByText(`已复制“${name}”，可粘贴到 Word、WPS。`).waitFor();
    const box = (await chart(me, name).getAttribute('viewBox')).split(' ').map(Number);
    const picture = await clipboardPicture(me.page);
    assert.deepEqual([picture.width, picture.height], [box[2] * 3, box[3] * 3]);
    assert.ok(picture.colours > 10, `${name}: ${picture.colours} colours`);
  }
}));

// A browser gives a page on plain http no clipboard.
test('on plain http a picture is downloaded instead', () => here.atHome(async (me) => {
  await me.button('打开示例').click();
  await me.card(1).waitFor();
  await me.openPage('分析');
  const [download] = await Promise.all([me.page.waitForEvent('download'), copyOf(me, '得分率雷达图').click()]);
  assert.equal(download.suggestedFilename(), '得分率雷达图.png');
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  assert.equal(Buffer.concat(chunks).subarray(1, 4).toString(), 'PNG');
  await me.page.getByText('浏览器不允许复制图片，已改为下载').waitFor();
}, { address: () => here.server.url.replace('localhost', 'intranet.test') }));

test('two thousand schools are all in the columns', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.openPage('学校数据');
  const heads = ['学校名称', '学校类型', '在校生数', '高于规定学历教师数', '骨干教师数', '教学仪器设备值'];
  const schools = Array.from({ length: 2_000 }, (_, at) => [`第${at}小学`, '小学', 100 + (at % 900), at % 60, at % 9, 10 + (at % 500)]);
  await me.button('粘贴导入…').click();
  const dialog = me.dialog('导入学校数据');
  // Typing that much takes a browser longer than pasting it.
  await dialog.getByRole('textbox').evaluate((field, text) => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, [heads, ...schools].map((row) => row.join('\t')).join('\n'));
  await dialog.getByText('将新增 2000 行').waitFor();
  await dialog.getByRole('button', { name: '导入', exact: true }).click();
  await me.openPage('分析');
  const columns = chart(me, '每百名学生拥有县级以上骨干教师数').locator('rect');
  await eventually(async () => (await columns.count()) > 5, 'columns are drawn');
  // The numbers above the columns are the schools, every one.
  await me.page.locator('summary[aria-label^="数据表：每百名学生拥有县级以上骨干教师数"]').click();
  const figure = me.page.locator('figure', { has: chart(me, '每百名学生拥有县级以上骨干教师数') });
  const counts = (await figure.getByRole('row', { name: /至不足/ }).allInnerTexts()).map((row) => Number(/(\d+) 所/.exec(row)[1]));
  assert.equal(counts.reduce((a, b) => a + b), 2_000);
}));
