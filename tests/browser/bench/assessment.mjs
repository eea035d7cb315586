// Assessments to measure with: made through the page as a person would, then
// filled by writing the records of their answers into the page's own store,
// because typing 2,000 texts takes too long. The stored format is described in
// docs/stored-format.md.
import { PATIENCE } from './chromium.mjs';

const SENTENCE = '区政府定期召开专题会议研究部署，明确责任单位和完成时限，建立工作台账，逐项督促落实，群众满意度持续提升；';

// Makes an assessment of a catalogue and fills it with what `answers` gives;
// returns its address.
export async function make(page, url, catalogue, answers) {
  await page.goto(url);
  await page.getByRole('button', { name: '新建自评' }).click();
  const dialog = page.getByRole('dialog', { name: '新建自评' });
  await dialog.getByLabel('指标体系').selectOption(catalogue);
  await dialog.getByLabel('填报单位').fill('云河区');
  await dialog.getByRole('button', { name: '创建' }).click();
  await page.locator('#points textarea').first().waitFor({ timeout: PATIENCE });
  const [address, id] = /^[^#]*#\/a\/([^/]+)/.exec(page.url());
  // Closed again, so that nothing else writes.
  await page.goto(`${url}#/`);
  await page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: PATIENCE });
  await page.evaluate(put, answers(catalogue).map(([key, body]) => [`${id}/${key}`, record(body)]));
  return address;
}

// Every one of `count` points answered: 300 characters, a score, one material.
export const everyPoint = (count) => (catalogue) =>
  Array.from({ length: count }, (_, at) => {
    const ordinal = String(at + 1).padStart(2, '0');
    const material = (at + 1).toString(16).padStart(32, '0');
    return [
      [`answer/${catalogue}.${ordinal}`, answer(text(300), material)],
      [
        `evidence/${material}`,
        {
          number: `${ordinal}-01`,
          title: '关于印发年度重点工作任务清单的通知',
          doc_no: '云政办〔2026〕12号',
          formed_on: '2026年3月',
          unit: '区政府办公室',
          pages: '12',
          location: 'A柜-1-01',
        },
      ],
    ];
  }).flat();

// The same, each by the units that the catalogue names.
export const byItsUnits = (answers) => (catalogue) =>
  answers(catalogue).map(([key, body]) => [key, 'units' in body ? { ...body, units: '' } : body]);

// One text at the first point, in paragraphs of 200 characters.
export const longText = (characters) => (catalogue) => {
  const paragraph = `${text(199)}\n`;
  const narrative = paragraph.repeat(Math.ceil(characters / paragraph.length)).slice(0, characters);
  return [[`answer/${catalogue}.01`, answer(narrative)]];
};

function answer(narrative, material) {
  return {
    state: 'complete',
    score: '0.5',
    narrative,
    deduction: '个别单位材料报送不及时，已限期补报。',
    waiver: '',
    units: '区教委、区财政局',
    filler: '王编辑',
    evidence: material ? [material] : [],
    numbered: material ? 1 : 0,
    check_items: [],
  };
}

function text(characters) {
  return SENTENCE.repeat(Math.ceil(characters / SENTENCE.length)).slice(0, characters);
}

// A header line and a body line, as the program writes them.
function record(body) {
  const line = JSON.stringify(body);
  const header = { v: 1, seq: 1, by: '', sum: crc32(`1\n1\n\n${line}`) };
  return `${JSON.stringify(header)}\n${line}`;
}

function crc32(text) {
  let sum = ~0;
  for (const byte of Buffer.from(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (~sum >>> 0).toString(16).padStart(8, '0');
}

// Runs in the page.
function put(records) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('zhidu');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(['records'], 'readwrite');
      transaction.onabort = () => reject(transaction.error);
      transaction.oncomplete = () => resolve(database.close());
      for (const [key, text] of records) transaction.objectStore('records').put(text, key);
    };
  });
}
