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

// The text of a PDF in reading order, without the page numbers at the foot.
export async function textOfPdf(bytes) {
  const file = join(await scratch(), 'print.pdf');
  await writeFile(file, bytes);
  const { stdout } = await run(PDFTOTEXT, ['-raw', file, '-'], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.replace(/^\f?— ?\d+ ?—$/gm, '');
}

// The pages of a PDF, each with its text, its width and where its words end to the
// right, in points.
export async function pagesOfPdf(bytes) {
  const file = join(await scratch(), 'print.pdf');
  await writeFile(file, bytes);
  const read = async (how) => (await run(PDFTOTEXT, [how, file, '-'], { maxBuffer: 256 * 1024 * 1024 })).stdout;
  // In the order of drawing the lines of a cell stand together.
  const texts = (await read('-raw')).split('\f');
  return (await read('-bbox')).split('<page ').slice(1).map((page, at) => {
    const ends = [...page.matchAll(/<word [^>]*xMax="([\d.]+)"/g)].map((word) => Number(word[1]));
    return {
      number: at + 1,
      width: Number(/width="([\d.]+)"/.exec(page)[1]),
      right: Math.max(0, ...ends),
      text: texts[at].replace(/^— ?\d+ ?—$/gm, ''),
    };
  });
}

// Without what a print may change: blanks, line ends, compatibility forms.
export function squeezed(text) {
  return text.normalize('NFKC').replace(/[\s\p{Cc}\p{Cf}]/gu, '');
}

// Into how many pieces a text was cut on paper, by the ends of pages; infinite
// if a part of it is missing.
export function piecesOnPaper(paper, text) {
  let pieces = 0;
  for (let at = 0; at < text.length; pieces++) {
    let length = 0;
    while (at + length < text.length && paper.includes(text.slice(at, at + length + 1))) length++;
    if (length === 0) return Infinity;
    at += length;
  }
  return pieces;
}
