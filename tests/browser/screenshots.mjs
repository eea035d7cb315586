// Pictures of the main pages with the example, for looking at:
//   node tests/browser/screenshots.mjs FOLDER
// with the same environment as the tests.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from './support/chromium.mjs';
import { DIST, PYTHON } from './support/env.mjs';
import { PANJIN, officer } from './support/officer.mjs';
import { serve } from './support/server.mjs';
import { dropped, filled, split } from './support/units.mjs';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('name the folder for the pictures');
await mkdir(folder, { recursive: true });

const browser = await launchChromium();
const server = await serve(DIST);
for (const [width, height] of [[1366, 768], [1920, 1080]]) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width, height } });
  const page = await context.newPage();
  const me = officer(page);
  const take = (name) => page.screenshot({ path: join(folder, `${name}-${width}x${height}.png`) });

  await me.openHome(server.url);
  await take('工作台-空');
  await me.startAssessment({ unit: '东城区', due: '2026-12-31' });
  await me.goHome();
  await me.button('打开示例').click();
  await me.card(1).waitFor();
  await page.getByText('可离线使用').waitFor();
  await take('填报');
  await me.score(2, '9');
  await me.card(2).scrollIntoViewIfNeeded();
  await take('填报-有误');
  await me.button('撤销').click();
  await me.openPage('历史');
  await me.button('保存还原点').click();
  await me.openPage('填报');
  await me.typeNarrative(1, '区委、区政府专题研究立德树人工作。');
  await me.addEvidence(2, { 材料名称: '区委常委会会议纪要' });
  for (const name of ['总表', '学校数据', '差异系数', '分析', '体检', '封面', '打印', '历史']) {
    await me.openPage(name);
    await page.locator('main h1').waitFor();
    await take(name);
  }
  const reading = await context.newPage();
  await reading.goto(page.url().replace(/\/past$/, ''));
  await officer(reading).button('接管编辑').waitFor();
  await reading.screenshot({ path: join(folder, `只读-${width}x${height}.png`) });
  await reading.close();
  if (PYTHON) {
    await me.goHome();
    await me.startAssessment({ catalogue: PANJIN, unit: '兴隆台区' });
    await me.openPage('分工');
    await page.getByRole('heading', { name: '分工' }).waitFor();
    await take('分工');
    await me.button('按单位').click();
    await page.getByRole('table', { name: '按单位的分工' }).waitFor();
    await take('分工-按单位');
    const returned = await filled(await split(me));
    await me.openPage('收集');
    await page.getByText(/18 个单位：未报 18/).waitFor();
    await dropped(me, returned.map((it) => it.file));
    await page.getByText(/还有 17 份文件/).waitFor();
    await take('合并');
    await me.button('没有冲突的文件一并确定').click();
    await page.getByText(/18 个单位：未报 0，已报 18/).waitFor();
    await take('收集');
    await page.getByRole('region', { name: '待处理的回传' }).scrollIntoViewIfNeeded();
    await page.pdf({ path: join(folder, `收集-${width}x${height}.pdf`), format: 'A4' });
    await me.openPage('历史');
    await page.locator('main h1').waitFor();
    await take('历史-报送记录');
  }
  await me.goHome();
  await take('工作台');
  await me.button('新建自评').click();
  await me.dialog('新建自评').waitFor();
  await take('新建');
  await context.close();
}
await browser.close();
await server.close();
