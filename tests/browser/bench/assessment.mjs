// Assessments to measure with: made through the page as a person would, then
// filled by way of a backup, because typing 2,000 texts takes too long.
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const SENTENCE = '区政府定期召开专题会议研究部署，明确责任单位和完成时限，建立工作台账，逐项督促落实，群众满意度持续提升；';
const WAIT = 120_000;

// Makes a new assessment of a catalogue and opens it.
export async function create(page, url, catalogue) {
  await page.goto(url);
  await page.getByRole('button', { name: '新建自评' }).click({ timeout: WAIT });
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('指标体系').selectOption(catalogue, { timeout: 10_000 });
  await dialog.getByLabel('填报单位').fill('云河区');
  await dialog.getByRole('button', { name: '创建' }).click();
  await page.locator('#points textarea').first().waitFor({ timeout: WAIT });
}

// The backup of the open assessment.
export async function backupOf(page) {
  const downloading = page.waitForEvent('download', { timeout: WAIT });
  await page.getByRole('button', { name: '导出备份' }).click();
  return JSON.parse(await readFile(await (await downloading).path(), 'utf8'));
}

// Imports a backup as a new assessment and waits until it is open.
export async function importBackup(page, backup) {
  const before = page.url();
  const text = JSON.stringify(backup);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '备份.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '导入', exact: true }).click({ timeout: WAIT });
  await page.waitForURL((url) => url.href !== before && url.hash.startsWith('#/a/'), { timeout: WAIT });
  await page.locator('#points textarea').first().waitFor({ timeout: WAIT });
}

// The same work with every one of `count` points answered: 300 characters, a
// score where points are scored, one material each.
export function filled(backup, count) {
  const { content } = backup;
  const catalogue = content.head.catalogue.id;
  content.answers = {};
  content.evidence = {};
  const ids = Array.from({ length: count }, (_, at) => `${catalogue}.${String(at + 1).padStart(2, '0')}`);
  for (const [at, id] of ids.entries()) {
    content.answers[id] = {
      state: 'complete',
      score: '0.5',
      narrative: narrative(300),
      deduction: '个别单位材料报送不及时，已限期补报。',
      waiver: '',
      units: '区教委、区财政局',
      filler: '王编辑',
      evidence: [row(at)],
      numbered: 1,
      check_items: [],
    };
    content.evidence[row(at)] = {
      number: `${id.slice(catalogue.length + 1)}-01`,
      title: '关于印发年度重点工作任务清单的通知',
      doc_no: '云政办〔2026〕12号',
      formed_on: '2026年3月',
      unit: '区政府办公室',
      pages: '12',
      location: 'A柜-1-01',
    };
  }
  return signed(backup);
}

// The same work with one very long text, in paragraphs of 200 characters, at
// its first point.
export function withLongText(backup, characters) {
  const copy = filled(structuredClone(backup), 2);
  const paragraph = `${narrative(199)}\n`;
  const [first] = Object.values(copy.content.answers);
  first.narrative = paragraph.repeat(Math.ceil(characters / paragraph.length)).slice(0, characters);
  return signed(copy);
}

function narrative(characters) {
  return SENTENCE.repeat(Math.ceil(characters / SENTENCE.length)).slice(0, characters);
}

const row = (at) => at.toString(16).padStart(32, '0');

// Gives the backup a fresh identity and the sums that go with its content.
function signed(backup) {
  backup.content.head.id = randomBytes(16).toString('hex');
  backup.hash = createHash('sha256').update(JSON.stringify(backup.content)).digest('hex');
  backup.sum = crc32(`${backup.version}\n${backup.replica}\n${backup.seq}\n${backup.hash}`);
  return backup;
}

function crc32(text) {
  let sum = ~0;
  for (const byte of Buffer.from(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (~sum >>> 0).toString(16).padStart(8, '0');
}
