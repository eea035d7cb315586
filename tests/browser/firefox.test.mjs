// The main job in Firefox, hosted and as one file.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DIST, scratch } from './support/env.mjs';
import { assertHealthyPage, firefoxOfficer, launchFirefox, watchedPage } from './support/firefox.mjs';
import { fixture } from './support/fixture.mjs';
import { BALANCE, REFORM } from './support/officer.mjs';
import { checkSubmission } from './support/programs.mjs';
import { serve } from './support/server.mjs';
import { longText } from './support/texts.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture({ launch: launchFirefox });

for (const [form, address] of here.forms) {
  describe(`Firefox, ${form}`, () => {
    const scenario = (name, run) => test(name, async () => {
      const page = await watchedPage(here.browser);
      const me = firefoxOfficer(page, here.browser.downloads);
      try {
        await me.openHome(address());
        await run(me);
      } catch (error) {
        const crash = await page.$('#crash pre');
        throw crash ? new Error(await crash.evaluate((it) => it.textContent), { cause: error }) : error;
      }
      await assertHealthyPage(page);
      await page.close();
    });

    scenario('fills in, saves, comes back after a reload, and hands in', async (me) => {
      const text = longText(300);
      await me.startAssessment({ title: BALANCE, unit: '东城区', year: '2026' });
      await me.fill(1, '完成情况说明', text);
      await me.fill(1, '自评得分', '３.5');
      await me.fill(1, '扣分原因', '一项未完成');
      await me.choose(1, '已完成');
      await me.addEvidence(1, '会议纪要');
      await me.seeTotal('得分 3.5 / 4 / 100');
      await me.seeSaved();
      await me.page.reload();
      await me.seeValue(1, '完成情况说明', text);
      await me.seeValue(1, '自评得分', '3.5');
      await me.seeValue(1, '材料名称', '会议纪要');
      await me.seeTotal('得分 3.5 / 4 / 100');

      const excel = await me.download(() => me.press('导出 Excel'), '.xlsx');
      assert.match(excel.name, /^东城区_优质均衡_2026_\d{8}_r\d+\.xlsx$/);
      await me.seeNotice('已导出 东城区');
      await checkSubmission(excel.path, { points: 54, unit: '东城区', texts: [text, '一项未完成'] });

      const backup = await me.download(() => me.press('导出备份'), '.json');
      assert.match(backup.name, /^东城区_优质均衡_2026_.*_备份\.json$/);
      await me.fill(1, '填报人', '李四');
      await me.seeSaved();
      await me.importFile(backup.path);
      await me.press('替换本机这一份');
      await me.seeValue(1, '填报人', '');
      await me.seeValue(1, '完成情况说明', text);
    });

    scenario('keeps a score that is none, refuses a damaged backup, undoes and does again', async (me) => {
      await me.startAssessment({ title: BALANCE, unit: '西城区', year: '2026' });
      await me.fill(1, '自评得分', 'abc');
      const field = await me.field(1, '自评得分');
      await eventually(() => field.evaluate((it) => it.getAttribute('aria-invalid') === 'true'), 'it is refused');
      await me.press('撤销');
      await me.seeValue(1, '自评得分', '');
      await me.press('重做');
      await me.seeValue(1, '自评得分', 'abc');
      await me.seeSaved();
      const damaged = join(await scratch(), '损坏.json');
      await writeFile(damaged, '{"format":"zhidu-backup","version":1');
      await me.importFile(damaged);
      await me.seeNotice('已损坏');
      await me.page.reload();
      await me.seeValue(1, '自评得分', 'abc');
    });

    scenario('starts a task catalogue and the example', async (me) => {
      await me.startAssessment({ title: REFORM, unit: '燕山', year: '2026' });
      await me.fill(1, '完成情况说明', '已落实');
      await me.seeSaved();
      await me.page.goto(address());
      await me.page.waitForSelector('.z-home__table');
      await me.press('打开示例');
      await me.page.waitForSelector('#point-1');
      await me.seeTotal('已完成');
    });

    scenario('makes no request once it is ready for offline use', async (me) => {
      const before = () => (form === 'hosted' ? here.server.state.requests.length : 0);
      await me.startAssessment({ title: BALANCE, unit: '朝阳区', year: '2026' });
      await me.page.waitForSelector('.z-offline--ready', { timeout: 60_000 });
      const count = before();
      me.page.seen.requests.length = 0;
      await me.fill(1, '完成情况说明', '不联网');
      await me.seeSaved();
      await me.download(() => me.press('导出 Excel'), '.xlsx');
      assert.equal(before(), count, 'the server was asked for nothing');
      assert.deepEqual(me.page.seen.requests.filter((url) => /^https?:/.test(url)), []);
    });
  });
}

test('Firefox opens the hosted page with the server gone', async () => {
  const own = await serve(DIST);
  const page = await watchedPage(here.browser);
  const me = firefoxOfficer(page, here.browser.downloads);
  await me.openHome(own.url);
  await me.startAssessment({ title: BALANCE, unit: '怀柔区', year: '2026' });
  await me.fill(1, '完成情况说明', '断网前');
  await me.seeSaved();
  await page.waitForSelector('.z-offline--ready', { timeout: 60_000 });
  await own.close();
  await page.reload();
  await me.seeValue(1, '完成情况说明', '断网前');
  await assertHealthyPage(page);
  await page.close();
});
