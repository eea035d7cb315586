// Backups as another copy of the program would write them: changed and sealed
// again, so that it is the content that is judged and not its sums.
import { createHash } from 'node:crypto';

export function resealed(text, change) {
  const backup = JSON.parse(text);
  change(backup.content);
  const hash = (of) => createHash('sha256').update(JSON.stringify(of)).digest('hex');
  backup.hash = hash(backup.content);
  if (backup.log) backup.log_hash = hash(backup.log);
  const sealed = [backup.version, backup.replica, backup.seq, backup.hash, backup.log_hash]
    .filter((it) => it !== undefined)
    .join('\n');
  backup.sum = crc32(Buffer.from(sealed)).toString(16).padStart(8, '0');
  return `${JSON.stringify(backup, null, 2)}\n`;
}

function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
