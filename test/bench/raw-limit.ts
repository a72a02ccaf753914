import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { acmeHr } from '#connectors/acme-hr';
import { Dialler, EgressPolicy, HttpClient, noOwnSecrets } from '#connector-sdk';

const sampleSize = 100_000;
const rowsPerTransaction = 500;

/** Reads up to 100,000 raw records from a source. Also makes the source generate its company before anything is timed. */
export async function readRecords(config: unknown, secrets: unknown): Promise<Uint8Array[]> {
  const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
  const http = new HttpClient({ dialler });
  const records: Uint8Array[] = [];
  try {
    const batches = acmeHr.fetch({
      config: acmeHr.config.parse(config),
      secrets: acmeHr.secrets.parse(secrets),
      ownSecrets: noOwnSecrets,
      state: null,
      http,
      dialler,
      signal: new AbortController().signal,
      cursor: null,
      person: null,
      progress: () => undefined,
      log: () => undefined,
    });
    for await (const batch of batches) {
      if (records.length < sampleSize) for (const { bytes } of batch.records) records.push(Uint8Array.from(bytes));
    }
  } finally {
    await http.close();
  }
  return records;
}

/** What this machine can do at the very best, now: parse each record as JSON and insert it as a row, nothing else. */
export function measureRawLimit(records: readonly Uint8Array[]): number {
  const directory = mkdtempSync(path.join(tmpdir(), 'muster-raw-'));
  const database = new DatabaseSync(path.join(directory, 'raw.db'));
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    database.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, source_id TEXT, document TEXT)');
    const insert = database.prepare('INSERT INTO people VALUES (?, ?, ?)');
    const decoder = new TextDecoder();
    const startedAt = performance.now();
    for (let from = 0; from < records.length; from += rowsPerTransaction) {
      database.exec('BEGIN IMMEDIATE');
      for (let index = from; index < Math.min(records.length, from + rowsPerTransaction); index += 1) {
        const text = decoder.decode(records[index]);
        let sourceId: string | null = null;
        try {
          const document = JSON.parse(text) as { workerId?: unknown };
          sourceId = typeof document.workerId === 'string' ? document.workerId : null;
        } catch {
          sourceId = null;
        }
        insert.run(index, sourceId, text);
      }
      database.exec('COMMIT');
    }
    return records.length / ((performance.now() - startedAt) / 1000);
  } finally {
    database.close();
    rmSync(directory, { recursive: true });
  }
}
