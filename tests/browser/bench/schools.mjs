// A table of many schools: pasted, typed in, walked through.
import { pause } from '../support/wait.mjs';
import { pressed } from './measures.mjs';

const COUNT = 2_000;

const rows = Array.from({ length: COUNT }, (_, at) => [
  `第${at + 1}小学`, 110000 + at, '小学', '小学', '公办', '城区', 400 + at, '', 12, 45, 0, 30, 28, 5, 2, 2, 30, 30,
  5600.5, 800, 0, 3200, 300, 123.45, 12, 90.5, 4.6,
].join('\t')).join('\r\n');

// Opens 学校数据 of the assessment in `page` with a first row.
async function table(page) {
  await page.getByRole('link', { name: '学校数据', exact: true }).click();
  await page.getByRole('button', { name: '添加一行' }).click();
  await page.locator('#school-grid input').waitFor();
}

// Pastes the schools `n` times, taking them back each time, and leaves them there.
export async function pastes(page, n) {
  await table(page);
  const samples = [];
  for (let turn = 0; turn < n; turn++) {
    samples.push(await page.evaluate(pasted, [rows, COUNT]));
    if (turn + 1 === n) break;
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('共 1 行').waitFor();
    await page.locator('#school-grid tbody td').first().click();
    // Until the page has saved and checked what was taken back.
    await pause(2_000);
  }
  return samples;
}

// Milliseconds from the paste to the frame that shows all rows.
async function pasted([text, count]) {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  const began = performance.now();
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  const shown = () => document.querySelector('#school-count').textContent.startsWith(`共 ${count} 行`);
  while (!shown()) await new Promise(requestAnimationFrame);
  await new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  });
  return performance.now() - began;
}

// Numbers of six digits typed into one cell after the other, upwards from the
// last row; the moves between them are not counted.
export async function cellKeys(page, n) {
  await page.keyboard.press('Control+End');
  const samples = [];
  while (samples.length < n) {
    samples.push(...(await pressed(page, '1', 'input', Math.min(6, n - samples.length), () => 60)));
    await page.keyboard.press('Shift+Enter');
    await pause(60);
  }
  return samples;
}

// Shift+Enter from cell to cell, upwards from the last row.
export async function cellMoves(page, n) {
  await page.keyboard.press('Control+End');
  return pressed(page, 'Shift+Enter', 'focusin', n, () => 60);
}
