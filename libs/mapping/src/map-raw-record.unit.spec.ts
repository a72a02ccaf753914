import { describe, expect, it } from 'vitest';
import { recordHash, standardAttributes } from '#core';
import { type CompiledMapping, compileMapping } from './compile-mapping.js';
import { mapRawRecord } from './map-raw-record.js';

function compiled(): CompiledMapping {
  const compilation = compileMapping({
    definition: {
      identity: 'connector',
      attributes: { fullName: 'name', email: 'mail', terminationDate: 'end' },
      scope: null,
      restricted: null,
    },
    attributes: [...standardAttributes],
    sourceIdExpression: 'id',
  });
  if (!compilation.ok) throw new Error('the mapping of this test does not compile');
  return compilation.mapping;
}

const mapping = compiled();
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('mapRawRecord', () => {
  it('gives values, identity, hash of the bytes and the next due date', () => {
    const bytes = bytesOf({ id: 7, name: 'Zoë Ng', mail: 'zoe@example.org', end: '2031-05-01' });
    expect(mapRawRecord(mapping, { bytes }, 12, '2030-01-01')).toEqual({
      seq: 12,
      recordHash: recordHash(bytes),
      sourceId: '7',
      inScope: true,
      restricted: null,
      values: { fullName: 'Zoë Ng', email: 'zoe@example.org', terminationDate: '2031-05-01' },
      problems: [],
      dueDate: '2031-05-01',
    });
  });

  it('makes somebody who is gone inactive, whatever the mapping says of them', () => {
    const bytes = bytesOf({ id: 7, name: ['no', 'text'], mail: 'zoe@example.org' });
    expect(mapRawRecord(mapping, { bytes }, 0, '2030-01-01').problems).not.toEqual([]);
    expect(mapRawRecord(mapping, { bytes, gone: true }, 0, '2030-01-01')).toMatchObject({
      sourceId: '7',
      inScope: true,
      values: { active: false, email: 'zoe@example.org' },
      problems: [],
    });
    const nobody = { bytes: bytesOf({ name: 'Zoë Ng' }), gone: true } as const;
    expect(mapRawRecord(mapping, nobody, 0, '2030-01-01')).toMatchObject({
      sourceId: null,
      problems: [{ attribute: 'identity' }],
    });
  });

  it('makes bytes that are no JSON the problem of that record', () => {
    const mapped = mapRawRecord(mapping, { bytes: new TextEncoder().encode('{"id":') }, 0, '2030-01-01');
    expect(mapped.sourceId).toBeNull();
    expect(mapped.problems).toMatchObject([{ attribute: 'record', code: 'decodeFailed' }]);
  });

  it('still knows whose record it is that cannot be read, when the connector told', () => {
    const broken = { bytes: new TextEncoder().encode('{"id":7,"name":tru}'), sourceId: '7' };
    const mapped = mapRawRecord(mapping, broken, 0, '2030-01-01');
    expect(mapped).toMatchObject({ sourceId: '7', problems: [{ attribute: 'record', code: 'decodeFailed' }] });
    const tooLarge = { length: 9_000_000, sha256: '0'.repeat(64) };
    expect(mapRawRecord(mapping, { ...broken, tooLarge }, 0, '2030-01-01').sourceId).toBe('7');
  });

  it('knows a record that is too large by the hash of all of it', () => {
    const whole = bytesOf({ id: 1, name: 'x'.repeat(1000) });
    const sha256 = Buffer.from(recordHash(whole), 'base64url');
    const tooLarge = { length: whole.length, sha256: sha256.toString('hex').padEnd(64, '0') };
    const mapped = mapRawRecord(mapping, { bytes: whole.subarray(0, 10), tooLarge }, 3, '2030-01-01');
    expect(mapped.problems).toMatchObject([{ attribute: 'record', code: 'recordTooLarge' }]);
    expect(mapped.recordHash.slice(0, 21)).toBe(recordHash(whole).slice(0, 21));
  });
});
