import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** Writes a CSV report of so many bytes, a little more, whose rows have so many each. Gives the number of people. */
export async function writeReport(path: string, totalBytes: number, rowBytes: number): Promise<number> {
  const file = createWriteStream(path);
  file.write('Employee ID,Full Name,Work Email,Job Title,Remark\n');
  let people = 0;
  for (let written = 0; written < totalBytes;) {
    let text = '';
    for (let row = 0; row < 200; row += 1) {
      people += 1;
      const facts = `${String(people)},Ann ${String(people)},p${String(people)}@acme.example,Engineer,`;
      text += `${facts}${remark(people, rowBytes - facts.length - 1)}\n`;
    }
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
  return people;
}

/** Words that differ from row to row: what is all the same would be packed to nothing. */
function remark(person: number, length: number): string {
  let text = '';
  for (let word = 0; text.length < length; word += 1)
    text += `${((person * 7919 + word * 104_729) % 1e9).toString(36)} `;
  return text.slice(0, Math.max(0, length));
}
