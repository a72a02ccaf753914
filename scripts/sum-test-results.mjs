/**
 * Adds up the Vitest JSON reports in a folder: prints what failed and why, and `N passed, N failed` as its last line.
 *
 * What ran in several reports, as on two versions of a server, counts each time; a file that failed before its first
 * test counts as one failure. Exits 1 if anything failed or nothing ran.
 *
 * Usage: node scripts/sum-test-results.mjs <folder>
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Usage: node scripts/sum-test-results.mjs <folder>');
  process.exit(2);
}

const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
const reports = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
const files = reports.flatMap((report) => report.testResults);

const messageLines = 12;

/** What a test said, by its name, on as few lines as it takes to begin looking. */
function told(file, name, message) {
  const lines = message.split('\n');
  const shown = lines.slice(0, messageLines).map((line) => `    ${line}`);
  return [`  ${relative(process.cwd(), file)} > ${name}`, ...shown].join('\n');
}

let passed = 0;
const failed = [];
for (const { name: file, status, message, assertionResults } of files) {
  const failures = assertionResults.filter((test) => test.status === 'failed');
  for (const { fullName, failureMessages } of failures) failed.push(told(file, fullName, failureMessages.join('\n')));
  if (failures.length === 0 && status === 'failed') failed.push(told(file, '(the file)', message));
  passed += assertionResults.filter((test) => test.status === 'passed').length;
}

if (failed.length > 0) {
  console.log(`Failed (${failed.length}):`);
  console.log(failed.join('\n'));
}
if (files.length === 0) console.error('No test ran.');
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length > 0 || files.length === 0 ? 1 : 0);
