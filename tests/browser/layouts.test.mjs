// The database over the years: from every earlier layout to today's, also interrupted
// and with a window of an earlier program open; what a later program has made is read
// and left alone.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { inContext, launchChromium } from './support/chromium.mjs';
import { LAYOUTS, bare, breakOff, hold, lay, layout } from './support/database.mjs';
import { DIST, removeScratch } from './support/env.mjs';
import { launchFirefox } from './support/puppeteer.mjs';
import { serve } from './support/server.mjs';
import { stored } from './support/store.mjs';
import { eventually } from './support/wait.mjs';

const TODAY = 2;
const POINT = 'beijing-balance-2018.01';
const ID = '00000000000000000000000000a55e55';
const read = (path) => readFile(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const body = (text) => JSON.parse(text.slice(text.indexOf('\n') + 1));

// The fixtures name a wording of the catalogue that nobody has.
const unknown = (name) => read(`data/${name}`).then(JSON.parse);

// The same on the wording that the program has.
async function fixture(name) {
  const [records, known] = [await unknown(name), await read('snapshots/catalogue__identities_do_not_change.snap')];
  const [, text, rules] = known.match(/beijing-balance-2018\n +text +(\w+)\n +rules +(\w+)/);
  const [header, head] = records[`${ID}/head/`].split('\n');
  const { v, seq, by } = JSON.parse(header);
  const said = JSON.parse(head);
  Object.assign(said.catalogue, { text_hash: text, rules_hash: rules });
  const line = JSON.stringify(said);
  const sum = crc32(`${v}\n${seq}\n${by}\n${line}`).toString(16).padStart(8, '0');
  return { ...records, [`${ID}/head/`]: `${JSON.stringify({ v, seq, by, sum })}\n${line}` };
}

const browsers = {};
before(async () => {
  [browsers.Chromium, browsers.Firefox] = await Promise.all([launchChromium(), launchFirefox()]);
});
after(async () => {
  await Promise.all(Object.values(browsers).map((browser) => browser.close()));
  await removeScratch();
});

// A scenario in both browsers, each on a server of its own and so with an empty store.
function scenario(name, play) {
  for (const engine of ['Chromium', 'Firefox']) {
    test(`${engine}: ${name}`, async () => {
      const server = await serve(DIST);
      try {
        if (engine === 'Chromium') {
          await inContext(browsers.Chromium, {}, (context) => play(() => context.newPage(), server));
        } else {
          const pages = [];
          await play(async () => {
            const page = await browsers.Firefox.newPage();
            pages.push(page);
            return page;
          }, server);
          await Promise.all(pages.map((page) => page.close()));
        }
      } finally {
        await server.close();
      }
    });
  }
}

const field = (page) => page.evaluate((place) => {
  const found = document.querySelector(`[data-doc="${place}"]`);
  return found && { text: found.value, readOnly: found.readOnly };
}, `answer/${POINT}/narrative`);

// Opens the work that the records hold and sees its first text.
async function open(page, server, records) {
  const { narrative } = body(records[`${ID}/answer/${POINT}`]);
  await page.goto(`${server.url}#/a/${ID}/p/1`);
  await eventually(async () => (await field(page))?.text === narrative, 'the text is there');
}

const bars = (page) => page.evaluate(() => document.querySelector('.z-bars')?.textContent ?? '');
const save = (page) => page.evaluate(() => document.querySelector('.z-save')?.textContent ?? '');

async function type(page, text) {
  await page.evaluate(([place, text]) => {
    const found = document.querySelector(`[data-doc="${place}"]`);
    found.value += text;
    found.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, [`answer/${POINT}/narrative`, text]);
}

async function seeUpgraded(page) {
  const { version, stores } = await layout(page);
  assert.equal(version, TODAY);
  assert.deepEqual(stores, [...LAYOUTS[TODAY]].sort());
}

for (const version of [1, TODAY]) {
  for (const records of ['record-v1.json', 'record-v2.json']) {
    scenario(`${records} in layout ${version} is opened and goes on`, async (fresh, server) => {
      const [page, held] = [await fresh(), await fixture(records)];
      await bare(page, server);
      await lay(page, version, held);
      await open(page, server, held);
      await seeUpgraded(page);
      await type(page, '，再写');
      await eventually(async () => /^已保存/.test(await save(page)), 'it is saved');
      const now = JSON.parse(await stored(page));
      const at = now.records[0].findIndex((key) => key.endsWith(`/answer/${POINT}`));
      assert.match(body(now.records[1][at]).narrative, /，再写$/);
    });
  }
}

scenario('an upgrade that broke off is made anew', async (fresh, server) => {
  const [page, held] = [await fresh(), await fixture('record-v2.json')];
  await bare(page, server);
  await lay(page, 1, held);
  await breakOff(page, TODAY);
  assert.equal((await layout(page)).version, 1);
  await open(page, server, held);
  await seeUpgraded(page);
});

scenario('a window of an earlier program lets go, and the page waits until it has', async (fresh, server) => {
  const [old, held] = [await fresh(), await fixture('record-v2.json')];
  await bare(old, server);
  await lay(old, 1, held);
  await hold(old, 1, 1_500);
  const page = await fresh();
  await open(page, server, held);
  await seeUpgraded(page);
});

scenario('what a later program keeps is shown, called newer and left alone', async (fresh, server) => {
  const [page, held] = [await fresh(), await fixture('record-v2.json')];
  await bare(page, server);
  await lay(page, 3, held);
  const before = await stored(page);
  await open(page, server, held);
  assert.match(await bars(page), /由更新版本的程序写入，本版本只读/);
  assert.equal((await field(page)).readOnly, true);
  await page.goto(`${server.url}#/`);
  await eventually(() => page.evaluate(() => document.body.innerText.includes('东城区 优质均衡 2026')), 'the row is there');
  assert.equal((await layout(page)).version, 3);
  assert.equal(await stored(page), before);
});

scenario('work on a wording that the program does not have is shown and left alone', async (fresh, server) => {
  const [page, held] = [await fresh(), await unknown('record-v2.json')];
  await bare(page, server);
  await lay(page, TODAY, held);
  await open(page, server, held);
  assert.match(await bars(page), /文本不在本程序中/);
  assert.equal((await field(page)).readOnly, true);
  const { records: [keys, texts] } = JSON.parse(await stored(page));
  const now = Object.fromEntries(keys.map((key, at) => [key, texts[at]]));
  for (const [key, text] of Object.entries(held)) {
    if (!/\/(replica|summary)\//.test(key)) assert.equal(now[key], text, key);
  }
});
