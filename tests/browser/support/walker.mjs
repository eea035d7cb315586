// An officer's steps in the words of the page, for any engine. How a page is driven is
// left to its `hands`:
//
//   goto(url), reload()
//   evaluate(run, given)      what a function gives in the page, as plain data
//   find(run, given)          the element that it gives there, or null
//   read(element, property)
//   click(element), type(element, text), choose(element, value), give(element, path)
import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { scratch } from './env.mjs';
import { eventually } from './wait.mjs';

// Run in the page: the last element that a selector finds and that has this name; what
// a dialog holds stands after what it covers. Never by `labels`: WebKitGTK 2.50 aborts
// when it clears away a list of labels whose fields are gone.
function named([selector, name]) {
  const label = (it) => (it.id ? document.querySelector(`label[for="${it.id}"]`) : null) ?? it.closest('label');
  const nameOf = (it) => (it.getAttribute('aria-label') ?? label(it)?.textContent ?? it.textContent).trim();
  const shown = [...document.querySelectorAll(selector)].filter((it) => it.getClientRects().length > 0);
  return shown.filter((it) => nameOf(it) === name).pop() ?? null;
}

const fieldsOf = (ordinal) => ['input', 'select', 'textarea'].map((it) => `#point-${ordinal} ${it}`).join();

// `downloads` is the folder into which the engine puts files.
export function walker(hands, downloads) {
  const textOf = (selector) => hands.evaluate((selector) => document.querySelector(selector)?.textContent ?? '', selector);
  const seen = (selector, name) => eventually(() => hands.find(named, [selector, name]), `${name} is shown`);

  // Until it is there and takes the click: a page that is being drawn may refuse one.
  const clickOn = (find, given) => eventually(async () => {
    const found = await hands.find(find, given);
    if (found) await hands.click(found);
    return found;
  }, `${given} takes a click`);

  const me = {
    hands,

    async openHome(address) {
      await hands.goto(address);
      await eventually(() => hands.find(() => document.querySelector('.z-home')), '工作台 opens');
    },

    // The page without the program has nothing to show, so what is shown is new.
    reload: () => hands.reload(),

    press: (name) => clickOn(named, ['button', name]),

    pressBeginning: (name) => clickOn(
      (name) => [...document.querySelectorAll('button')].find((it) => (it.ariaLabel ?? it.textContent).startsWith(name)) ?? null,
      name,
    ),

    unfold: (name) => clickOn(
      (name) => [...document.querySelectorAll('summary')].find((it) => it.textContent.trim() === name) ?? null,
      name,
    ),

    // A link by the beginning of its text, which may end with a count.
    follow: (within, name) => clickOn(
      ([within, name]) => [...document.querySelectorAll(`${within} a`)].find((it) => it.textContent.trim().startsWith(name)) ?? null,
      [within, name],
    ),

    async openPage(name) {
      await me.follow('[aria-label="页面"]', name);
      await eventually(() => hands.evaluate(
        (name) => document.querySelector('[aria-label="页面"] [aria-current]')?.textContent.trim().startsWith(name), name,
      ), `${name} is open`);
    },

    async startAssessment({ title, unit, year }) {
      await me.press('新建自评');
      const catalogue = await seen('select', '指标体系');
      const value = await hands.evaluate(
        (title) => [...document.querySelectorAll('dialog option')].find((it) => it.text === title).value,
        title,
      );
      await hands.choose(catalogue, value);
      await hands.type(await seen('input', '填报单位'), unit);
      await me.write(await seen('input', '年度'), year);
      await me.press('创建');
      await eventually(() => hands.find(() => document.querySelector('.z-card[id^=point-]')), 'the first group shows its points');
    },

    // A field of the card of a point, found by its label.
    field: (ordinal, name) => seen(fieldsOf(ordinal), name),

    // Types in place of what a field holds.
    async write(field, text) {
      await hands.click(field);
      await hands.evaluate(() => document.activeElement.select());
      await hands.type(field, text);
    },

    leave: () => hands.evaluate(() => document.activeElement.blur()),

    // Types at the end of a field and leaves it.
    async fill(ordinal, name, value) {
      const field = await clickOn(named, [fieldsOf(ordinal), name]);
      await hands.type(field, value);
      await me.leave();
    },

    choose: async (ordinal, state) => hands.choose(await me.field(ordinal, '填报状态'), state),

    async addEvidence(ordinal, title) {
      await clickOn(named, [`#point-${ordinal} button`, '添加材料']);
      await me.fill(ordinal, '材料名称', title);
    },

    valueOf: async (ordinal, name) => hands.read(await me.field(ordinal, name), 'value'),

    async seeValue(ordinal, name, value) {
      await eventually(async () => (await me.valueOf(ordinal, name)) === value, `${name} of ${ordinal} is ${value}`);
    },

    // That some part of the page says so, white space aside.
    async see(wanted, within = 'main') {
      const bare = (text) => text.replace(/\s+/g, '');
      const says = async () => bare(await textOf(within)).includes(bare(wanted));
      await eventually(says, `${within} says ${wanted}`, 20_000);
    },

    said: () => textOf('.z-notices'),
    crashNotice: () => textOf('#crash pre'),
    seeTotal: (wanted) => me.see(wanted, '.z-header__total'),
    seeNotice: (wanted) => me.see(wanted, '.z-notices'),

    async seeSaved() {
      await eventually(async () => /^已保存/.test(await textOf('.z-save')), 'the page says 已保存');
    },

    async seeOffline() {
      await eventually(() => hands.find(() => document.querySelector('.z-offline--ready')), '可离线使用', 60_000);
    },

    // Presses a button and returns the file that arrives in the folder. It is moved
    // away, or the next one of its name would be called `name(1)`.
    async download(press, ending) {
      const before = new Set(await readdir(downloads));
      await press();
      const name = await eventually(async () => {
        const now = await readdir(downloads);
        const unfinished = now.some((it) => /\.(part|crdownload|wkdownload)$/.test(it));
        const fresh = now.find((it) => !before.has(it) && it.endsWith(ending));
        return !unfinished && fresh && (await stat(join(downloads, fresh))).size > 0 && fresh;
      }, `a ${ending} file is downloaded`, 60_000);
      const path = join(await scratch(), name);
      await rename(join(downloads, name), path);
      return { name, path, bytes: await readFile(path) };
    },

    // Hands a file to the input of this name, as its button does.
    async give(path, name = '选择要导入的文件') {
      const input = await eventually(
        () => hands.find((name) => document.querySelector(`input[type=file][aria-label="${name}"]`), name),
        name,
      );
      await hands.give(input, path);
    },
  };
  return me;
}
