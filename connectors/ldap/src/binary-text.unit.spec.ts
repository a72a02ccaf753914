import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { binaryTextOf, guidBytes, guidText, sidText } from './binary-text.js';

describe('binary attributes as text', () => {
  it('writes a GUID as Windows shows it, and back', () => {
    const bytes = Buffer.from('ff19966f868b11d0b42d00c04fc964ff', 'hex');
    expect(guidText(bytes)).toBe('6f9619ff-8b86-d011-b42d-00c04fc964ff');
    expect(guidBytes('6F9619FF-8B86-D011-B42D-00C04FC964FF')).toEqual(bytes);
    const other = randomBytes(16);
    expect(guidBytes(guidText(other) ?? '')).toEqual(other);
  });

  it('takes nothing else for a GUID', () => {
    expect(guidText(Buffer.alloc(15))).toBeNull();
    for (const text of ['', '6f9619ff8b86d011b42d00c04fc964ff', '{6f9619ff-8b86-d011-b42d-00c04fc964ff}']) {
      expect(guidBytes(text)).toBeNull();
    }
  });

  it('writes a security identifier', () => {
    // The built-in administrators, and a user of a domain.
    expect(sidText(Buffer.from('01020000000000052000000020020000', 'hex'))).toBe('S-1-5-32-544');
    expect(sidText(Buffer.from('010500000000000515000000a065cf7e784b9b5fe77c8770091c0100', 'hex'))).toBe(
      'S-1-5-21-2127521184-1604012920-1887927527-72713',
    );
    for (const bytes of ['', '01', '0102000000000005200000002002']) {
      expect(sidText(Buffer.from(bytes, 'hex'))).toBeNull();
    }
  });

  it('knows them by name in any letters', () => {
    expect(binaryTextOf('OBJECTGUID')).toBe(guidText);
    expect(binaryTextOf('objectSid')).toBe(sidText);
    expect(binaryTextOf('mail')).toBeNull();
  });
});
