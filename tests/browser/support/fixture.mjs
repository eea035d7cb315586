// What a test file stands on: one browser and one server for all of its tests,
// started before the first of them and closed after the last.
import { after, before, test } from 'node:test';
import { inContext, launchChromium } from './chromium.mjs';
import { DIST, SINGLE_FILE, removeScratch } from './env.mjs';
import { officer } from './officer.mjs';
import { serve } from './server.mjs';

export const SAVED = '早已保存';

// `launch` starts the browser and is given `args`; `served: false` is for a file
// whose tests have servers of their own. `browser` and `server` are there once
// the tests run.
export function fixture({ launch = launchChromium, args = [], served = true } = {}) {
  const here = {
    // The forms of the program, each with its address.
    forms: [['hosted', () => here.server.url], ['single file', () => SINGLE_FILE]],

    // Runs a test in a context of its own, which has the options of Playwright.
    inContext: (run, options = {}) => inContext(here.browser, options, run),

    // The same with an officer who has opened 工作台 of the hosted page, or of
    // what `address` gives. `prepare` has the context before the page is there.
    atHome: (run, { options, prepare, address = () => here.server.url } = {}) =>
      here.inContext(async (context) => {
        await prepare?.(context);
        const me = officer(await context.newPage());
        await me.openHome(address());
        await run(me, context);
      }, options),

    // A test at a new assessment whose first 完成情况说明 is saved as `SAVED`.
    afterSaving: (name, run, options) => test(name, () => here.atHome(async (me, context) => {
      await me.startAssessment();
      await me.typeNarrative(1, SAVED);
      await me.seeSaved();
      await run(me, context);
    }, options)),
  };

  before(() => Promise.all([
    launch({ args }).then((browser) => { here.browser = browser; }),
    served && serve(DIST).then((server) => { here.server = server; }),
  ]));

  after(async () => {
    await here.browser?.close();
    await here.server?.close();
    await removeScratch();
  });

  return here;
}
