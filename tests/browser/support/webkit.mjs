// WebKitGTK through its WebDriver, on a screen that nobody sees, for the steps of
// `walker`. Speaks the protocol itself: the steps need a dozen of its calls.
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { WEBKIT, XVFB, scratch } from './env.mjs';
import { eventually } from './wait.mjs';
import { walker } from './walker.mjs';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

// A home of its own, so that its store and its downloads are the test's alone.
async function home() {
  const folder = await scratch();
  const downloads = join(folder, 'downloads');
  await mkdir(downloads);
  await mkdir(join(folder, '.config'));
  await writeFile(join(folder, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const environment = {
    ...process.env,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    XDG_DATA_HOME: join(folder, '.local/share'),
    XDG_CACHE_HOME: join(folder, '.cache'),
    GDK_BACKEND: 'x11',
    LANG: 'C.UTF-8',
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  };
  return { downloads, environment };
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

// A screen of its own; Xvfb names the number that it took.
async function newScreen() {
  const xvfb = spawn(XVFB, ['-displayfd', '1', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const number = await new Promise((told, failed) => {
    xvfb.stdout.once('data', (text) => told(String(text).trim()));
    xvfb.once('exit', (code) => failed(new Error(`Xvfb ended with ${code}`)));
  });
  return { display: `:${number}`, close: () => xvfb.kill() };
}

// An officer at a new browser. `close` ends it, and throws if the page's process died.
export async function webKitOfficer() {
  const [{ downloads, environment }, screen, port] = [await home(), await newScreen(), await freePort()];
  const env = { ...environment, DISPLAY: screen.display };
  const driver = spawn(WEBKIT, [`--port=${port}`], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  driver.stderr.on('data', (text) => { said += text; });
  const call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  await eventually(() => call('GET', '/status'), 'the driver listens');
  const { sessionId } = await call('POST', '/session', { capabilities: {} });
  const session = (method, path, body) => call(method, `/session/${sessionId}${path}`, body);
  await session('POST', '/window/rect', { width: 1366, height: 900 });

  const run = (script, ...args) =>
    session('POST', '/execute/sync', { script: `return (${script})(...arguments)`, args });
  const at = (element, act, body) => session('POST', `/element/${element[ELEMENT]}/${act}`, body);
  const hands = {
    goto: (url) => session('POST', '/url', { url }),
    reload: () => session('POST', '/refresh', {}),
    evaluate: (script, given = null) => run(script, given),
    find: (script, given = null) => run(script, given),
    read: (element, property) => run((it, property) => it[property], element, property),
    // For the driver that is in view too which lies beneath the header.
    click: async (element) => {
      await run((it) => it.scrollIntoView({ block: 'center' }), element);
      await at(element, 'click', {});
    },
    type: (element, text) => at(element, 'value', { text }),
    choose: (element, value) => run((it, value) => {
      it.value = value;
      it.dispatchEvent(new Event('change', { bubbles: true }));
    }, element, value),
    give: (element, path) => at(element, 'value', { text: path }),
  };
  const close = async () => {
    // One that is gone already is what `said` tells of.
    await session('DELETE', '').catch(() => {});
    driver.kill();
    screen.close();
    if (said.includes('CRASHED')) throw new Error(`WebKitGTK lost the page: ${said}`);
  };
  return { ...walker(hands, downloads), close };
}
