// What an officer does and sees, in the words of the page, on a Playwright page.
import assert from 'node:assert/strict';
import { eventually } from './wait.mjs';

export const DUTIES = '2023年区级人民政府履行教育职责情况综合督导检查内容';
export const BALANCE = '北京市推进义务教育优质均衡发展督导评价指标体系';
export const PANJIN = '市级人民政府履行教育职责任务分解方案';
export const REFORM = '北京市关于深化新时代教育督导体制机制改革的实施意见';
export const TASKS = '市级人民政府履行教育职责任务分解方案';

export function officer(page) {
  const role = (name, options) => page.getByRole(name, options);
  const button = (name) => role('button', { name, exact: true });
  const dialog = (name) => role('dialog', { name, exact: true });
  const saveState = () => role('status', { name: /^(已保存|正在保存|未保存)/ });
  const notices = () => page.locator('.z-notices');

  const me = {
    page,
    button,
    dialog,
    saveState,
    notices,

    async openHome(address) {
      await page.goto(address);
      await page.locator('.z-home, #crash').first().waitFor();
      await role('heading', { name: '工作台' }).waitFor({ timeout: 1000 });
    },

    async goHome() {
      await role('link', { name: '工作台' }).click();
      await role('heading', { name: '工作台' }).waitFor();
    },

    // Answers the dialog 新建自评 and waits for the first group.
    async startAssessment({ catalogue = BALANCE, unit = '东城区', year = '2026', code, due } = {}) {
      await button('新建自评').click();
      const form = dialog('新建自评');
      await form.getByRole('combobox', { name: '指标体系' }).selectOption({ label: catalogue });
      await form.getByLabel('填报单位', { exact: true }).fill(unit);
      await form.getByRole('textbox', { name: '年度' }).fill(year);
      if (code !== undefined) await form.getByRole('textbox', { name: '单位代码' }).fill(code);
      if (due !== undefined) await form.getByRole('textbox', { name: '截止日期' }).fill(due);
      await form.getByRole('button', { name: '创建', exact: true }).click();
      await role('navigation', { name: '指标目录' }).waitFor();
      await eventually(() => me.cards().count(), 'the first group shows its points');
    },

    cards: () => role('group', { name: /^(要点|任务) \S/ }),

    card: (no, label = '要点') => role('group', { name: new RegExp(`^${label} ${no}(?!\\S)`) }),

    field: (no, name, label) => me.card(no, label).getByLabel(name, { exact: true }),

    // Fills a field of a card and leaves it.
    async fill(no, name, text, label) {
      const field = me.field(no, name, label);
      await field.fill(text);
      await field.blur();
    },

    async choose(no, state, label) {
      await me.card(no, label).getByRole('combobox', { name: '填报状态' }).selectOption(state);
    },

    typeNarrative: (no, text, label) => me.fill(no, '完成情况说明', text, label),

    score: (no, text) => me.fill(no, '自评得分', text),

    // Adds a material and fills its fields, given by their names.
    async addEvidence(no, texts, label) {
      const rows = me.card(no, label).getByRole('group', { name: /^材料 / });
      const before = await rows.count();
      await me.card(no, label).getByRole('button', { name: '添加材料', exact: true }).click();
      await eventually(async () => (await rows.count()) === before + 1, 'a row is added');
      for (const [name, text] of Object.entries(texts)) {
        const field = rows.nth(before).getByRole('textbox', { name, exact: true });
        await field.fill(text);
        await field.blur();
      }
    },

    async openGroup(name) {
      await role('navigation', { name: '指标目录' }).getByRole('link', { name }).click();
    },

    async openPage(name) {
      await role('navigation', { name: '页面' }).getByRole('link', { name, exact: true }).click();
    },

    total: async () => (await role('region', { name: '得分' }).innerText()).replace(/\s+/g, ' '),

    async seeTotal(text) {
      await eventually(async () => (await me.total()).includes(text), `the header says ${text}`);
    },

    async seeSaved() {
      await eventually(async () => /^已保存/.test(await saveState().innerText()), 'the page says 已保存');
    },

    async seeUnsaved(reason) {
      const says = async () => {
        const text = await saveState().innerText();
        return text.startsWith('未保存') && reason.test(text);
      };
      await eventually(says, `the page says 未保存 and ${reason}`);
    },

    async seeValue(no, name, text, label) {
      const field = me.field(no, name, label);
      await eventually(async () => (await field.inputValue()) === text, `${name} of ${no}`).catch(async () => {
        assert.equal(await field.inputValue(), text, `${name} of ${no}`);
      });
    },

    async seeNotice(text) {
      const notice = notices().locator('.z-notice').filter({ hasText: text }).last();
      await notice.waitFor();
      return notice;
    },

    async reload() {
      await page.reload();
      await page.locator('#boot').waitFor({ state: 'detached' });
    },

    // Presses a button and returns the download that follows: its name, a
    // promise of its bytes.
    async download(press) {
      const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), press()]);
      return { name: download.suggestedFilename(), saveAs: (path) => download.saveAs(path) };
    },

    exportExcel: () => me.download(() => button('导出 Excel').click()),

    exportBackup: () => me.download(() => button('导出备份').click()),

    // Gives a file to 导入: a path, or { name, mimeType, buffer }.
    async importFile(file) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('导入').click()]);
      await chooser.setFiles(file);
    },
  };
  return me;
}
