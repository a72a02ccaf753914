import { describe, expect, it } from 'vitest';
import { RejectedRecordError } from './errors.js';
import { newId } from './ids.js';
import { decodeMessage, encodeMessage } from './message-codec.js';
import type { MappedPage, RawPage, SyncCommand } from './messages.js';

const reference = {
  tenantId: newId('tenant'),
  integrationId: newId('integration'),
  syncId: newId('sync'),
  page: 3,
  firstSeq: 1500,
  records: 1,
  claim: 2,
};

describe('messages on the bus', () => {
  it('of raw pages keep their bytes, or say that the page is to be read from the store', () => {
    for (const body of [Buffer.from([1, 2, 3, 255]), null]) {
      const page: RawPage = { ...reference, body };
      const { headers, value } = encodeMessage('raw-records', page);
      expect(decodeMessage('raw-records', headers, value)).toEqual(page);
    }
  });

  it('carry people in the value alone', () => {
    const canary = 'Zoë Canary';
    const page: MappedPage = {
      ...reference,
      mapped: [
        {
          seq: 1500,
          recordHash: 'h',
          sourceId: canary,
          inScope: true,
          restricted: null,
          values: { fullName: canary },
          problems: [],
          dueDate: null,
        },
      ],
      seen: { seqs: [], sourceIds: [], userIds: [], userVersions: [] },
    };
    const { key, headers, value } = encodeMessage('mapped-users', page);
    expect(JSON.stringify([key, headers])).not.toContain('Canary');
    expect(decodeMessage('mapped-users', headers, value)).toEqual(page);
  });

  it('that are no message of their topic are refused by name, without a word of what they hold', () => {
    const command: SyncCommand = { role: 'fetcher', ...reference };
    const good = encodeMessage('sync-commands', command);
    const bad: [Record<string, string>, Uint8Array][] = [
      [{}, good.value],
      [{ ...good.headers, version: '99' }, good.value],
      [{ ...good.headers, schema: 'outcomes' }, good.value],
      [good.headers, Buffer.from('Zoë Canary')],
      [good.headers, Buffer.from('[1]')],
      [good.headers, Buffer.from('{"role":"fetcher"}')],
      [good.headers, Buffer.from([0xff, 0xfe])],
    ];
    for (const [headers, value] of bad) {
      let refused: unknown;
      try {
        decodeMessage('sync-commands', headers, value);
      } catch (error) {
        refused = error;
      }
      expect(refused).toBeInstanceOf(RejectedRecordError);
      expect(refused).toMatchObject({ code: 'undecodableMessage' });
      expect(String(refused)).not.toContain('Canary');
    }
  });
});
