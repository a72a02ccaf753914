import { describe, expect, it } from 'vitest';
import { csvSftpConfig } from './csv-sftp.settings.js';
import { parseFilePattern } from './file-pattern.js';

describe('a file pattern', () => {
  it.each([
    [
      'uploads/hr_reports/people_report_YYYY-MM-DD.csv',
      'uploads/hr_reports',
      'people_report_2026-01-31.csv',
      '2026-01-31',
    ],
    ['people_YYYYMMDD.csv', '.', 'people_20260131.csv', '2026-01-31'],
    ['/people_DD.MM.YYYY.csv', '/', 'people_31.01.2026.csv', '2026-01-31'],
    ['/a/b/MM-DD-YYYY people.csv.gz', '/a/b', '01-31-2026 people.csv.gz', '2026-01-31'],
    ['x/P_YYYY-MM-DD_HHmmss.csv', 'x', 'P_2026-01-31_063059.csv', '2026-01-31T06:30:59'],
    ['x/HHmmss.YYYY_MM_DD.csv', 'x', '063059.2026_01_31.csv', '2026-01-31T06:30:59'],
    ['x/COMMON (YYYY-MM-DD) [commission].csv', 'x', 'COMMON (2026-01-31) [commission].csv', '2026-01-31'],
  ])('%s', (pattern, folder, name, stamp) => {
    const parsed = parseFilePattern(pattern);
    expect(parsed.folder).toBe(folder);
    expect(parsed.stampOf(name)).toBe(stamp);
    for (const other of [name.toUpperCase(), `${name}x`, `x${name}`, name.replace('2026', '20x6'), `${name}\n`]) {
      if (other !== name) expect(parsed.stampOf(other), other).toBeNull();
    }
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31'])('takes %s for no day', (day) => {
    expect(parseFilePattern('p_YYYY-MM-DD.csv').stampOf(`p_${day}.csv`)).toBeNull();
    expect(parseFilePattern('p_YYYY-MM-DD.csv').stampOf('p_2024-02-29.csv')).toBe('2024-02-29');
  });

  it('takes 24:00 for no time', () => {
    expect(parseFilePattern('p_YYYY-MM-DD_HHmmss').stampOf('p_2026-01-31_240000')).toBeNull();
  });

  it.each([
    'people.csv',
    'YYYY/people_MM-DD.csv',
    'p_YYYY-MM-DD_YYYY-MM-DD.csv',
    'p_YYYY-MM-DD_HHmmssHHmmss.csv',
    '../people_YYYY-MM-DD.csv',
    'a/../people_YYYY-MM-DD.csv',
    'a//people_YYYY-MM-DD.csv',
    './people_YYYY-MM-DD.csv',
    String.raw`a\people_YYYY-MM-DD.csv`,
    'a/people\0_YYYY-MM-DD.csv',
  ])('refuses %j, by the name of the setting', (path) => {
    const parsed = csvSftpConfig.safeParse({ host: 'sftp.acme.example', user: 'muster', content: 'full', path });
    expect(parsed.error?.issues.map(({ path: where }) => where)).toEqual([['path']]);
  });

  it.each(['..', '.', 'a/b', ''])('refuses %j as the archive folder', (archiveFolder) => {
    const settings = { host: 'sftp.acme.example', user: 'muster', content: 'full', archiveFolder };
    expect(csvSftpConfig.safeParse(settings).success).toBe(false);
  });
});
