// Files out and in, hosted and as one file: the submission as other programs
// read it, and backups that come back whole or change nothing.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { resealed } from './support/backup.mjs';
import { scratch } from './support/env.mjs';
import { fixture } from './support/fixture.mjs';
import { TASKS } from './support/officer.mjs';
import { checkSubmission } from './support/programs.mjs';
import { stored } from './support/store.mjs';
import { NASTY, longText } from './support/texts.mjs';
import { eventually } from './support/wait.mjs';

const here = fixture();

async function kept(download) {
  const path = join(await scratch(), download.name);
  await download.saveAs(path);
  return path;
}

const file = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

for (const [form, address] of here.forms) {
  describe(`files, ${form}`, () => {
    // What cannot depend on the form is tried in one of them.
    const alike = (name, run) => form === 'hosted' && scenario(name, run);
    const scenario = (name, run) => test(name, () => here.atHome(run, { address }));

    scenario('a submission is read alike by openpyxl and LibreOffice, with long texts whole in print', async (me) => {
      const long = longText(3000);
      await me.startAssessment({ unit: '东城区' });
      await me.typeNarrative(1, long);
      await me.score(1, '3.5');
      await me.fill(1, '扣分原因', '一次会议未形成纪要');
      await me.typeNarrative(2, NASTY.formula);
      await me.choose(2, '已完成');
      await me.addEvidence(1, { 材料名称: '=1+1', 页数: '3' });
      const download = await me.exportExcel();
      assert.match(download.name, /^东城区_优质均衡_2026_\d{8}_r\d+\.xlsx$/);
      await me.seeNotice(`已导出 ${download.name}`);
      const expect = {
        catalogue: 'beijing-balance-2018',
        points: 54,
        unit: '东城区',
        texts: [long, NASTY.formula, '一次会议未形成纪要'],
        example: false,
      };
      await checkSubmission(await kept(download), expect, { thoroughly: form === 'hosted' });
    });

    scenario('a catalogue without scores and the example make submissions too', async (me) => {
      await me.startAssessment({ catalogue: TASKS, unit: '双台子区' });
      await me.typeNarrative(1, '已落实。', '任务');
      const tasks = await me.exportExcel();
      assert.match(tasks.name, /^双台子区_任务分解_2026_/);
      await checkSubmission(await kept(tasks), { catalogue: 'panjin-duties-2019', points: 62, texts: ['已落实。'] });
      await me.goHome();
      await me.button('打开示例').click();
      await me.card(1).waitFor();
      const example = await me.exportExcel();
      assert.match(example.name, /^示例_/);
      await checkSubmission(await kept(example), { points: 54, example: true });
    });

    alike('体检 travels only when that is chosen', async (me) => {
      await me.startAssessment({ unit: '东城区' });
      await me.seeSaved();
      const travels = async (checkup) => checkSubmission(await kept(await me.exportExcel()), { checkup });
      await travels(false);
      await me.openPage('体检');
      const choice = me.page.getByRole('checkbox', { name: '导出 Excel 时附上体检结果和不再提示的理由' });
      assert.equal(await choice.isChecked(), false);
      await choice.check();
      await travels(true);
      await me.reload();
      assert.equal(await choice.isChecked(), true);
      await choice.uncheck();
      await travels(false);
    });

    scenario('a backup comes back as the same, byte for byte', async (me) => {
      await me.startAssessment({ unit: '海淀区' });
      await me.typeNarrative(1, `${NASTY.emoji}${NASTY.rare}${NASTY.formula}\n\t第二行`);
      await me.score(1, '4.005');
      await me.addEvidence(1, { 材料名称: '名录', 形成日期: '2023-09' });
      await me.seeSaved();
      const first = await me.exportBackup();
      assert.match(first.name, /^海淀区_优质均衡_2026_\d{8}_r\d+_备份\.json$/);
      const path = await kept(first);
      await me.goHome();
      await me.page.getByRole('button', { name: /^删除/ }).click();
      await me.page.getByText('本机还没有自评').waitFor();

      await me.importFile(path);
      await me.dialog('导入').getByRole('button', { name: '导入', exact: true }).click();
      await me.seeValue(1, '完成情况说明', `${NASTY.emoji}${NASTY.rare}${NASTY.formula}\n\t第二行`);
      await me.seeValue(1, '自评得分', '4.005');
      await me.seeValue(1, '形成日期', '2023年9月');
      const content = (text) => JSON.stringify(JSON.parse(text).content);
      const again = await readFile(await kept(await me.exportBackup()), 'utf8');
      assert.equal(content(again), content(await readFile(path, 'utf8')));
    });

    scenario('a backup of work that is here comes in beside it or in its place, and the latter is undone', async (me) => {
      await me.startAssessment({ unit: '丰台区' });
      await me.typeNarrative(1, '旧内容');
      await me.seeSaved();
      const path = await kept(await me.exportBackup());
      await me.importFile(path);
      await me.dialog('导入').getByText('内容完全相同').waitFor();
      await me.dialog('导入').getByRole('button', { name: '取消' }).click();

      await me.typeNarrative(1, '新内容');
      await me.seeSaved();
      await me.importFile(path);
      const dialog = me.dialog('导入');
      await dialog.getByText('将改变').waitFor();
      const changes = dialog.getByRole('row').filter({ hasText: '完成情况说明' });
      assert.match(await changes.innerText(), /要点 1\s+完成情况说明\s+新内容\s+旧内容/);
      await me.seeValue(1, '完成情况说明', '新内容');
      await dialog.getByRole('button', { name: '替换本机这一份' }).click();
      await me.seeValue(1, '完成情况说明', '旧内容');
      await me.reload();
      await me.seeValue(1, '完成情况说明', '旧内容');

      await me.importFile(path);
      await me.dialog('导入').getByRole('button', { name: '作为新的自评导入' }).click();
      await me.seeNotice('已导入');
      await me.typeNarrative(1, '另一份');
      await me.seeSaved();
      await me.goHome();
      assert.equal(await me.page.getByRole('row').count(), 3);
      await me.page.getByRole('link', { name: '丰台区 优质均衡 2026', exact: true }).click();
      await me.seeValue(1, '完成情况说明', '旧内容');
    });

    alike('a replacement is taken back by one click', async (me) => {
      await me.startAssessment({ unit: '丰台区' });
      await me.typeNarrative(1, '旧内容');
      await me.seeSaved();
      const path = await kept(await me.exportBackup());
      await me.typeNarrative(1, '新内容');
      await me.seeSaved();
      await me.importFile(path);
      await me.dialog('导入').getByRole('button', { name: '替换本机这一份' }).click();
      await me.seeValue(1, '完成情况说明', '旧内容');
      await (await me.seeNotice('已用备份替换')).getByRole('button', { name: '撤销替换' }).click();
      await me.seeNotice('已撤销替换');
      await me.seeValue(1, '完成情况说明', '新内容');
    });

    alike('files that cannot be taken are named and change nothing', async (me) => {
      await me.startAssessment({ unit: '石景山区' });
      await me.typeNarrative(1, '原样');
      await me.seeSaved();
      const path = await kept(await me.exportBackup());
      const good = await readFile(path, 'utf8');
      const before = await stored(me.page);
      const refused = [
        ['截断.json', good.slice(0, good.length / 2), /已损坏/],
        ['改字.json', good.replace('原样', '改样'), /已损坏/],
        ['新版.json', good.replace(/"version": \d+/, '"version": 99'), /更新版本的程序/],
        ['别家.json', '{"format":"other","version":1}', /不是智督的备份/],
        ['随手.json', '你好', /不是智督的备份/],
        ['空.json', '', /不是智督的备份/],
        ['表格.json', 'PK\u0003\u0004', /Excel/],
      ];
      for (const [name, text, words] of refused) {
        await me.importFile(file(name, text));
        assert.match(await (await me.seeNotice(`“${name}”`)).innerText(), words);
        assert.equal(await me.dialog('导入').isVisible(), false);
      }
      await me.seeValue(1, '完成情况说明', '原样');
      assert.deepEqual(await stored(me.page), before);
    });

    alike('a backup of a catalogue that is not here is named and changes nothing', async (me) => {
      await me.startAssessment({ unit: '石景山区' });
      await me.seeSaved();
      const good = await readFile(await kept(await me.exportBackup()), 'utf8');
      const before = await stored(me.page);
      const unknown = resealed(good, ({ head }) => Object.assign(head.catalogue, { id: 'other-2030', title: '某市指标' }));
      await me.importFile(file('他市.json', unknown));
      assert.match(await (await me.seeNotice('“他市.json”')).innerText(), /指标体系“某市指标”不在本程序中/);
      const reworded = resealed(good, ({ head }) => { head.catalogue.text_hash = '0'.repeat(64); });
      await me.importFile(file('改文.json', reworded));
      assert.match(await (await me.seeNotice('“改文.json”')).innerText(), /文本版本不在本程序中/);
      assert.deepEqual(await stored(me.page), before);
    });
  });
}

test('a worker that crashes in the middle of an export is said and replaced', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.page.evaluate(() => { window.poison = true; });
  await me.button('导出 Excel').click();
  assert.match(await (await me.seeNotice('文件程序意外停止')).innerText(), /内存不足.*没有改动/s);
  assert.match((await me.exportExcel()).name, /\.xlsx$/);
}, {
  prepare: (context) => context.addInitScript(() => {
    const Real = window.Worker;
    window.Worker = class extends Real {
      postMessage(...rest) {
        if (window.poison && rest[0]?.request) {
          window.poison = false;
          return setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { message: '内存不足' })), 50);
        }
        return super.postMessage(...rest);
      }
    };
  }),
}));

test('a file that needs more memory than the worker may take ends the worker alone, and is named', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.typeNarrative(1, '要点的内容');
  await me.seeSaved();
  const path = await kept(await me.exportBackup());
  const huge = '第一段\n'.repeat(10_500_000);
  await writeFile(path, resealed(await readFile(path, 'utf8'), ({ answers }) => {
    Object.values(answers).forEach((answer) => { answer.narrative = huge; });
  }));
  await me.importFile(path);
  assert.match(await (await me.seeNotice('未导入')).innerText(), /192 MB 的内存上限.*没有任何改动/s);
  assert.match((await me.exportExcel()).name, /\.xlsx$/);
}));

// The next request never reaches the worker once `hold` is set.
const holdsRequests = (context) => context.addInitScript(() => {
  const Real = window.Worker;
  window.Worker = class extends Real {
    postMessage(...rest) {
      if (window.hold && rest[0]?.request) window.hold = false;
      else super.postMessage(...rest);
    }
  };
});

test('a worker of which nothing is heard is given up after three minutes', () => here.atHome(async (me) => {
  await me.page.clock.install();
  await me.page.reload();
  await me.startAssessment();
  await me.page.evaluate(() => { window.hold = true; });
  await me.button('导出 Excel').click();
  await eventually(() => me.page.evaluate(() => window.hold === false), 'the worker has its request');
  await me.page.clock.fastForward('03:01');
  assert.match(await (await me.seeNotice('三分钟没有进展')).innerText(), /没有改动/);
  await me.page.clock.resume();
  assert.match((await me.exportExcel()).name, /\.xlsx$/);
}, { prepare: holdsRequests }));

test('a running export is given up by 取消', () => here.atHome(async (me) => {
  await me.startAssessment();
  await me.page.evaluate(() => { window.hold = true; });
  await me.button('导出 Excel').click();
  await eventually(() => me.page.evaluate(() => window.hold === false), 'the export is running');
  await me.button('取消').click();
  await me.seeNotice('已取消导出');
  await eventually(async () => (await me.page.getByText('正在导出').count()) === 0, 'the progress is gone');
  assert.match((await me.exportExcel()).name, /\.xlsx$/);
}, { prepare: holdsRequests }));
