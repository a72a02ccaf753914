import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { askScimTesters } from './scim-testers.js';

const usage =
  'Usage: npm run scim:testers: scim2-tester, each check a success, and scim-sanity in its compat profile without a failure';

const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
if (values.help) console.log(usage);
else {
  const { isConformant, isSane } = await askScimTesters();
  process.exitCode = isConformant && isSane ? 0 : 1;
}
