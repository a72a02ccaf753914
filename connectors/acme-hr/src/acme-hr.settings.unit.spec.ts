import { describe, expect, it } from 'vitest';
import { acmeHrConfig } from './acme-hr.settings.js';

describe('the settings of Acme HR', () => {
  it('take a bare address', () => {
    expect(acmeHrConfig.safeParse({ baseUrl: 'https://hr.acme.example', clientId: 'muster' }).success).toBe(true);
  });

  it.each([
    'https://me:secret@hr.acme.example',
    'https://hr.acme.example/?a=1',
    'https://hr.acme.example#x',
    'ftp://x',
  ])('refuse %s, by the name of the field', (baseUrl) => {
    const parsed = acmeHrConfig.safeParse({ baseUrl, clientId: 'muster' });
    expect(parsed.error?.issues[0]?.path).toEqual(['baseUrl']);
  });
});
