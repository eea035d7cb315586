// Firefox and Chromium through Puppeteer, for the steps of `walker`.
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';
import { FLAGS } from './chromium.mjs';
import { CHROMIUM, FIREFOX, scratch } from './env.mjs';
import { walker } from './walker.mjs';

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

// Chromium as the tests that walk through several engines have it.
export async function launchWalkingChromium() {
  const downloads = await scratch();
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: CHROMIUM,
    headless: true,
    args: FLAGS,
    downloadBehavior: { policy: 'allow', downloadPath: downloads },
  });
  return Object.assign(browser, { downloads });
}

// What Firefox says of a load through the service worker that ended with its page; of one
// that fails it says which.
const GIVEN_UP = /^Error: Failed to load ‘’\. A ServiceWorker intercepted the request/;

// A page that notes requests and violations of its policy.
export async function watchedPage(browser) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 900 });
  const seen = { requests: [], violations: [], errors: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('pageerror', (error) => {
    if (!GIVEN_UP.test(String(error))) seen.errors.push(String(error));
  });
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

const hands = (page) => ({
  goto: (url) => page.goto(url),
  reload: () => page.reload(),
  evaluate: (run, given) => page.evaluate(run, given),
  find: async (run, given) => (await page.evaluateHandle(run, given)).asElement(),
  read: (element, property) => element.evaluate((it, property) => it[property], property),
  click: (element) => element.click(),
  type: (element, text) => element.type(text),
  choose: (element, value) => element.select(value),
  give: (element, path) => element.uploadFile(path),
});

// An officer at such a page, with the page itself for what only Puppeteer can do.
export const officerAt = (page, downloads) => ({ ...walker(hands(page), downloads), page });
