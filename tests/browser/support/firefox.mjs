// Firefox through Puppeteer, with the few steps that the shorter journey needs.
import assert from 'node:assert/strict';
import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { FIREFOX, scratch } from './env.mjs';
import { eventually } from './wait.mjs';

// The browser; `downloads` is the folder that it puts files into.
export async function launchFirefox() {
  const downloads = await scratch();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    extraPrefsFirefox: {
      // Driving switches this off, and file:// tests would pass falsely.
      'security.fileuri.strict_origin_policy': true,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.alwaysOpenPanel': false,
      'browser.helperApps.neverAsk.saveToDisk':
        'application/json,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'intl.accept_languages': 'zh-CN',
    },
  });
  return Object.assign(browser, { downloads });
}

// A page that notes requests and violations of its policy.
export async function watchedPage(browser) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 900 });
  const seen = { requests: [], violations: [], errors: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) seen.violations.push(message.text());
  });
  await page.evaluateOnNewDocument(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  page.seen = seen;
  return page;
}

export async function assertHealthyPage(page) {
  assert.deepEqual(page.seen.violations, [], 'the page kept its own policy');
  assert.deepEqual(page.seen.errors, [], 'no script error');
  assert.equal(await page.$('#crash'), null, 'no crash notice');
}

export function firefoxOfficer(page, downloads) {
  const aria = (name, role) => `::-p-aria([name="${name}"][role="${role}"])`;
  const text = (selector) => page.$eval(selector, (it) => it.textContent);

  const me = {
    page,

    async openHome(address) {
      await page.goto(address);
      await page.waitForSelector('.z-home');
    },

    async press(name) {
      const found = await page.waitForSelector(aria(name, 'button'));
      await found.click();
    },

    async startAssessment({ title, unit, year }) {
      await me.press('新建自评');
      const catalogue = await page.waitForSelector(aria('指标体系', 'combobox'));
      const value = await catalogue.evaluate((it, wanted) => [...it.options].find((o) => o.text === wanted).value, title);
      await catalogue.select(value);
      const unitField = await page.$('::-p-aria([name="填报单位"])');
      await unitField.type(unit);
      const yearField = await page.$(aria('年度', 'textbox'));
      await yearField.evaluate((it) => it.select());
      await yearField.type(year);
      await me.press('创建');
      await page.waitForSelector('.z-card[id^=point-]');
    },

    // A field of the card of a point, found by its label.
    async field(ordinal, name) {
      const found = await eventually(async () => {
        const handle = await page.evaluateHandle((ordinal, name) => {
          const fields = document.querySelectorAll(`#point-${ordinal} :is(input, select, textarea)`);
          const label = (it) => it.getAttribute('aria-label') ?? it.labels?.[0]?.textContent;
          return [...fields].find((it) => label(it) === name) ?? null;
        }, ordinal, name);
        return handle.asElement();
      }, `${name} of ${ordinal}`);
      return found;
    },

    async fill(ordinal, name, value) {
      const field = await me.field(ordinal, name);
      await field.click();
      await field.type(value);
      await field.evaluate((it) => it.blur());
    },

    async choose(ordinal, state) {
      await (await me.field(ordinal, '填报状态')).select(state);
    },

    async addEvidence(ordinal, title) {
      const add = await page.waitForSelector(`#point-${ordinal} .z-evidence__head .z-button`);
      await add.click();
      await eventually(() => page.$(`#point-${ordinal} .z-evidence__row`), 'a row is added');
      await me.fill(ordinal, '材料名称', title);
    },

    async seeValue(ordinal, name, value) {
      const look = async () => (await me.field(ordinal, name)).evaluate((it) => it.value);
      await eventually(async () => (await look()) === value, `${name} of ${ordinal} is ${value}`);
    },

    async seeSaved() {
      await eventually(async () => /^已保存/.test(await text('.z-save')), 'the page says 已保存');
    },

    async seeTotal(wanted) {
      await eventually(async () => (await text('.z-header__total')).includes(wanted), `the header says ${wanted}`);
    },

    async seeNotice(wanted) {
      await eventually(async () => (await text('.z-notices')).includes(wanted), `a notice says ${wanted}`, 60_000);
    },

    // Presses a button and returns the file that arrives in the download folder.
    // It is moved away, or the next one of its name would be called `name(1)`.
    async download(press, ending) {
      const before = new Set(await readdir(downloads));
      await press();
      const name = await eventually(async () => {
        const now = await readdir(downloads);
        const unfinished = now.some((it) => it.endsWith('.part'));
        const fresh = now.find((it) => !before.has(it) && it.endsWith(ending));
        return !unfinished && fresh && (await stat(join(downloads, fresh))).size > 0 && fresh;
      }, `a ${ending} file is downloaded`, 60_000);
      const path = join(await scratch(), name);
      await rename(join(downloads, name), path);
      return { name, path, bytes: await readFile(path) };
    },

    async importFile(path) {
      const input = await page.$('input[type=file]');
      await input.uploadFile(path);
    },
  };
  return me;
}
