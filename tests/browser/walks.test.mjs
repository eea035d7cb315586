// Six walks through the program as an officer takes them, in Chromium, Firefox and
// WebKitGTK, hosted and as one file.
import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DIST, SINGLE_FILE, WEBKIT, XVFB, removeScratch, scratch } from './support/env.mjs';
import { BALANCE, PANJIN, REFORM } from './support/officer.mjs';
import { checkSubmission } from './support/programs.mjs';
import { assertHealthyPage, launchFirefox, launchWalkingChromium, officerAt, watchedPage } from './support/puppeteer.mjs';
import { nextFile, nextRelease } from './support/release.mjs';
import { serve } from './support/server.mjs';
import { longText } from './support/texts.mjs';
import { eventually } from './support/wait.mjs';
import { webKitOfficer } from './support/webkit.mjs';

// An engine: `start` once, then an officer at a page of their own for each walk.
const throughPuppeteer = (name, launch) => ({
  name,
  async start() { this.browser = await launch(); },
  async officer() {
    const page = await watchedPage(this.browser);
    const close = async () => {
      await assertHealthyPage(page);
      await page.close();
    };
    return { ...officerAt(page, this.browser.downloads), close };
  },
  stop() { return this.browser?.close(); },
});

const ENGINES = [
  throughPuppeteer('Chromium', launchWalkingChromium),
  throughPuppeteer('Firefox', launchFirefox),
  {
    name: 'WebKitGTK',
    missing: !(WEBKIT && XVFB) && 'not tried: WebKitWebDriver or Xvfb is not installed (Debian: webkit2gtk-driver, xvfb)',
    start: async () => {},
    officer: webKitOfficer,
    stop: async () => {},
  },
];

// A new assessment of 优质均衡, at its first group.
async function begin(me, address, unit) {
  await me.openHome(address);
  await me.startAssessment({ title: BALANCE, unit, year: '2026' });
}

const WALKS = {
  'start and fill': async (me, { address }) => {
    const text = longText(60);
    await me.openHome(address);
    await me.startAssessment({ title: REFORM, unit: '燕山', year: '2026' });
    await me.fill(1, '完成情况说明', '已落实');
    await me.seeSaved();
    await begin(me, address, '东城区');
    await me.fill(1, '完成情况说明', text);
    await me.fill(1, '自评得分', '３.5');
    await me.fill(1, '扣分原因', '一项未完成');
    await me.choose(1, '已完成');
    await me.addEvidence(1, '会议纪要');
    await me.seeTotal('得分 3.5 / 4 / 100');
    await me.fill(2, '自评得分', 'abc');
    await eventually(async () => (await me.field(2, '自评得分').then((it) => me.hands.read(it, 'ariaInvalid'))) === 'true', 'it is refused');
    await me.press('撤销');
    await me.seeValue(2, '自评得分', '');
    await me.press('重做');
    await me.seeValue(2, '自评得分', 'abc');
    await me.follow('[aria-label="指标目录"]', '（七）条件装备');
    await me.fill(17, '完成情况说明', '实验室全部达标。');
    await me.seeSaved();
    await me.reload();
    await me.seeValue(17, '完成情况说明', '实验室全部达标。');
    await me.follow('[aria-label="指标目录"]', '（一）立德树人');
    await me.seeValue(1, '完成情况说明', text);
    await me.seeValue(1, '自评得分', '3.5');
    await me.seeValue(1, '材料名称', '会议纪要');
    await me.seeValue(2, '自评得分', 'abc');
    await me.seeTotal('得分 3.5 / 4 / 100');
    await me.openHome(address);
    await me.press('打开示例');
    await me.see('示例，非真实填报', 'body');
  },

  'schools to coefficients': async (me, { address }) => {
    const heads = ['学校名称', '学校类型', '在校生数', '高于规定学历教师数', '骨干教师数', '体育教师数', '艺术教师数',
      '教学及辅助用房面积', '室内体育用房面积', '体育馆面积', '运动场地面积', '教学仪器设备值', '多媒体教室数'];
    const school = (name, each) => [name, '小学', 100, each, each, each, 0, each, 0, each, 0, each, each];
    const table = join(await scratch(), '学校.csv');
    const rows = [heads, school('甲小学', 100), school('乙小学', 300)];
    await writeFile(table, rows.map((row) => row.join(',')).join('\r\n'));
    await begin(me, address, '西城区');
    await me.openPage('学校数据');
    await me.give(table, '选择学校数据文件');
    await me.see('将新增 2 行', 'dialog[open]');
    await me.press('导入');
    await me.see('共 2 行');
    await me.press('添加一行');
    await me.see('共 3 行');
    await me.press('撤销');
    await me.see('共 2 行');
    await me.openPage('差异系数');
    await me.see('0.500 < 0.5（要点 44） 未达标');
    for (const page of ['体检', '分析']) {
      await me.openPage(page);
      await me.see(page);
    }
    // A browser that copies no picture gives it as a file, so either is well.
    await me.press('复制图片：小学差异系数（2 所）');
    await eventually(async () => (await me.said()) !== '', 'the picture is copied or given as a file');
    await me.seeSaved();
    await me.reload();
    await me.openPage('差异系数');
    await me.see('0.500 < 0.5（要点 44） 未达标');
  },

  'export, back-up and import': async (me, { address }) => {
    await begin(me, address, '朝阳区');
    await me.fill(1, '完成情况说明', '交出去的说明');
    await me.fill(1, '自评得分', '3');
    await me.fill(1, '扣分原因', '尚缺一项');
    await me.seeSaved();
    const excel = await me.download(() => me.press('导出 Excel'), '.xlsx');
    assert.match(excel.name, /^朝阳区_优质均衡_2026_\d{8}_r\d+\.xlsx$/);
    await me.seeNotice('已导出 朝阳区');
    await checkSubmission(excel.path, { points: 54, unit: '朝阳区', texts: ['交出去的说明', '尚缺一项'] });
    const backup = await me.download(() => me.press('导出备份'), '.json');
    assert.match(backup.name, /^朝阳区_优质均衡_2026_.*_备份\.json$/);
    await me.fill(1, '填报人', '李四');
    await me.seeSaved();
    await me.give(backup.path);
    await me.press('替换本机这一份');
    await me.seeValue(1, '填报人', '');
    await me.seeValue(1, '完成情况说明', '交出去的说明');
    const damaged = join(await scratch(), '损坏.json');
    await writeFile(damaged, '{"format":"zhidu-backup","version":1');
    await me.give(damaged);
    await me.seeNotice('已损坏');
    await me.reload();
    await me.seeValue(1, '完成情况说明', '交出去的说明');
  },

  'share out and collect': async (me, { address }) => {
    await me.openHome(address);
    await me.startAssessment({ title: PANJIN, unit: '兴隆台区', year: '2026' });
    await me.fill(1, '完成情况说明', '市教育局的说明。');
    await me.seeSaved();
    await me.openPage('分工');
    await me.press('按单位');
    const given = await me.download(() => me.press('市文广局 导出填报表'), '.xlsx');
    assert.match(given.name, /^市文广局_兴隆台区_任务分解_2026_\d{8}\.xlsx$/);
    const all = await me.download(() => me.pressBeginning('导出全部单位填报表'), '.zip');
    assert.match(all.name, /_单位填报表\.zip$/);
    await me.openPage('收集');
    await me.see('18 个单位：未报 18');
    await me.give(given.path);
    await me.see('这是“市文广局”的回传');
    await me.pressBeginning('确定，');
    await me.see('未报 17，已报 1');
    await me.openPage('总表');
    await me.see('62 / 62 行');
    await me.seeSaved();
    await me.reload();
    await me.openPage('收集');
    await me.see('未报 17，已报 1');
  },

  'history and restore': async (me, { address }) => {
    await begin(me, address, '海淀区');
    await me.fill(1, '完成情况说明', '早上的说明');
    await me.seeSaved();
    await me.openPage('历史');
    await me.press('保存还原点');
    await me.see('手动保存');
    await me.openPage('填报');
    await me.fill(1, '完成情况说明', '，下午改写');
    await me.addEvidence(2, '下午的材料');
    await me.seeSaved();
    await me.openPage('历史');
    await me.unfold('与现在的差异');
    await me.see('早上的说明，下午改写');
    await me.pressBeginning('恢复到');
    await me.seeNotice('已恢复到');
    await me.openPage('填报');
    await me.seeValue(1, '完成情况说明', '早上的说明');
    await me.seeSaved();
    await me.reload();
    await me.seeValue(1, '完成情况说明', '早上的说明');
    await me.openPage('历史');
    await me.see('恢复前');
  },

  'offline and update': async (me, { hosted }) => {
    const place = hosted ? await hostedProgram() : await fileProgram();
    await begin(me, place.address, '怀柔区');
    await me.fill(1, '完成情况说明', '断网前');
    await me.seeSaved();
    await me.seeOffline();
    const asked = place.asked();
    await me.fill(1, '填报人', '李四');
    await me.seeSaved();
    await me.download(() => me.press('导出 Excel'), '.xlsx');
    assert.equal(place.asked(), asked, 'the host was asked for nothing');
    await place.goOffline();
    await me.reload();
    await me.seeValue(1, '完成情况说明', '断网前');
    await me.fill(1, '完成情况说明', '，断网后');
    await me.seeSaved();
    await me.openPage('分析');
    await me.see('各级得分');
    const excel = await me.download(() => me.press('导出 Excel'), '.xlsx');
    await checkSubmission(excel.path, { points: 54, unit: '怀柔区', texts: ['断网前，断网后'] });
    await place.update();
    await me.reload();
    if (hosted) {
      await me.seeNotice('有新版本');
      await me.press('更新');
    }
    await eventually(() => me.hands.evaluate(() => window.zhidu?.version === 'deadbeef'), 'the new version runs', 20_000);
    await me.openPage('填报');
    await me.seeValue(1, '完成情况说明', '断网前，断网后');
    await place.close();
  },
};

// A host of the program that can be gone for a while and that gets a new version.
async function hostedProgram() {
  const server = await serve(DIST);
  return {
    address: server.url,
    asked: () => server.state.requests.length,
    goOffline: () => server.refuse(/^/),
    update: async () => {
      const next = join(await scratch(), 'next');
      await nextRelease(DIST, next, 'deadbeef');
      server.switchTo(next);
      server.refuse();
    },
    close: () => server.close(),
  };
}

// The single file in a folder, where a new one takes its place.
async function fileProgram() {
  const file = join(await scratch(), '智督.html');
  await copyFile(fileURLToPath(SINGLE_FILE), file);
  return {
    address: pathToFileURL(file).href,
    asked: () => 0,
    goOffline: async () => {},
    update: () => nextFile(fileURLToPath(SINGLE_FILE), file, 'deadbeef'),
    close: async () => {},
  };
}

let server;
before(async () => { server = await serve(DIST); });
after(async () => {
  await server.close();
  await removeScratch();
});

for (const engine of ENGINES) {
  describe(engine.name, { skip: engine.missing }, () => {
    before(() => engine.start());
    after(() => engine.stop());
    for (const [name, walk] of Object.entries(WALKS)) {
      for (const form of ['hosted', 'single file']) {
        const hosted = form === 'hosted';
        test(`${name}, ${form}`, async () => {
          const me = await engine.officer();
          try {
            await walk(me, { hosted, address: hosted ? server.url : SINGLE_FILE });
          } catch (error) {
            const crash = await me.crashNotice().catch(() => '');
            await me.close().catch((last) => { throw new Error(last.message, { cause: error }); });
            throw crash ? new Error(crash, { cause: error }) : error;
          }
          assert.equal(await me.crashNotice(), '', 'no crash notice');
          await me.close();
        });
      }
    }
  });
}
