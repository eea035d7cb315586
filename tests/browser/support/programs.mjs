// The independent readers of what the program writes.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CHECK_SUBMISSION, PDFTOTEXT, PYTHON, SOFFICE, scratch } from './env.mjs';

const run = promisify(execFile);

// Checks a submission by openpyxl, and with `thoroughly` by LibreOffice and its
// print too. Throws with the checker's words.
export async function checkSubmission(file, expect, { thoroughly = false } = {}) {
  const json = join(await scratch(), 'expect.json');
  await writeFile(json, JSON.stringify(expect));
  const programs = thoroughly ? ['--soffice', SOFFICE, '--pdftotext', PDFTOTEXT] : [];
  const { stdout } = await run(PYTHON, [CHECK_SUBMISSION, file, '--expect', json, ...programs], { timeout: 240_000 });
  return stdout;
}

// The text of a PDF, in reading order.
export async function textOfPdf(bytes) {
  const file = join(await scratch(), 'print.pdf');
  await writeFile(file, bytes);
  const { stdout } = await run(PDFTOTEXT, ['-raw', file, '-'], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

// Without what a print may change: blanks, line ends, compatibility forms.
export function squeezed(text) {
  return text.normalize('NFKC').replace(/[\s\p{Cc}\p{Cf}]/gu, '');
}
