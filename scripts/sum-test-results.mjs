/**
 * Adds up the Vitest JSON reports in a folder and prints `N passed, N failed` as its last line.
 *
 * What ran in several reports, as on two versions of a server, counts each time; a file that failed before its first
 * test counts as one failure. Exits 1 if anything failed or nothing ran.
 *
 * Usage: node scripts/sum-test-results.mjs <folder>
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Usage: node scripts/sum-test-results.mjs <folder>');
  process.exit(2);
}

const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
const reports = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
const files = reports.flatMap((report) => report.testResults);

let passed = 0;
let failed = 0;
for (const { status, assertionResults } of files) {
  const failures = assertionResults.filter((test) => test.status === 'failed').length;
  passed += assertionResults.filter((test) => test.status === 'passed').length;
  failed += failures === 0 && status === 'failed' ? 1 : failures;
}

if (files.length === 0) console.error('No test ran.');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || files.length === 0 ? 1 : 0);
