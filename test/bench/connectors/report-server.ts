/**
 * A report of many people, as Workday sends it, from a process of its own so that sending it costs its reader nothing. Says its port to its
 * parent; takes how many people and how many bytes each as arguments.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { reportEntry } from './report-entry.js';

const [people = 0, entryBytes = 0] = process.argv.slice(2).map(Number);
const entriesPerPart = 1_000;

const parts: Buffer[] = [];
for (let from = 0; from < people; from += entriesPerPart) {
  const count = Math.min(entriesPerPart, people - from);
  const entries = Array.from({ length: count }, (_, n) => reportEntry(from + n, entryBytes));
  parts.push(Buffer.from(`${from === 0 ? '{"Report_Entry":[' : ','}${entries.join(',')}`));
}
parts.push(Buffer.from(']}'));

const server = createServer((_request, response) => {
  void (async () => {
    response.writeHead(200, { 'content-type': 'application/json' });
    for (const part of parts) if (!response.write(part)) await once(response, 'drain');
    response.end();
  })();
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
