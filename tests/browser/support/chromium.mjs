// Chromium through Playwright: one browser for each test file, one context
// (its own storage) for each test, watched for everything that must not happen.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { CHROMIUM } from './env.mjs';

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
];

// With these arguments this machine is also `intranet.test`: a plain-http host
// that browsers do not trust as they trust `localhost`.
export const INTRANET = ['--host-resolver-rules=MAP intranet.test 127.0.0.1'];

// What each Chromium of the tests is started with.
export const FLAGS = [...QUIET, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];

export function launchChromium({ args = [] } = {}) {
  return chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...args] });
}

// A context that notes requests, violations of the page's policy, script
// errors and crash notices.
async function watchedContext(browser, options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1366, height: 900 }, ...options });
  context.setDefaultTimeout(10_000);
  const seen = { requests: [], violations: [], errors: [] };
  context.on('request', (request) => seen.requests.push(request.url()));
  context.on('weberror', (error) => seen.errors.push(String(error.error().stack ?? error.error())));
  context.on('console', (message) => {
    const text = message.text();
    if (/content security policy/i.test(text)) seen.violations.push(text);
    if (text.startsWith('crash notice')) seen.errors.push(text);
  });
  await context.addInitScript(() => {
    new MutationObserver(() => {
      const notice = document.querySelector('#crash pre');
      if (notice && !window.crashSeen) console.error(`crash notice: ${notice.textContent}`);
      if (notice) window.crashSeen = true;
    }).observe(document, { childList: true, subtree: true });
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  context.seen = seen;
  return context;
}

// Runs a test in a context of its own. A crash notice of the page is the error
// that is reported, whatever the test stumbled over because of it.
export async function inContext(browser, options, run) {
  const context = await watchedContext(browser, options);
  try {
    await run(context);
  } catch (error) {
    if (context.seen.errors.length === 0) throw error;
    throw new Error(context.seen.errors.join('\n'), { cause: error });
  } finally {
    await context.close();
  }
  assertHealthy(context);
}

function assertHealthy({ seen }) {
  assert.deepEqual(seen.violations, [], 'the page kept its own policy');
  assert.deepEqual(seen.errors, [], 'no script error and no crash notice');
}
