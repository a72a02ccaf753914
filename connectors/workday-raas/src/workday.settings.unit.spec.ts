import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonReportUrl } from './json-report-url.js';
import { personReportUrl } from './person-report-url.js';
import { tokenUrlOf, workdayConfig, workdaySecrets } from './workday.settings.js';
import { workdaySetup } from './workday.setup.js';

const host = 'https://wd3-impl-services1.workday.com';
const reportUrl = `${host}/ccx/service/customreport2/acme/lmcneil/Workers`;
const asUser = { reportUrl, username: 'ISU@acme' };

describe('the settings of Workday', () => {
  it('take a report and a user, and have defaults for the rest', () => {
    expect(workdayConfig.parse(asUser)).toEqual({
      ...asUser,
      idKey: 'Employee_ID',
      signIn: 'user',
      firstAnswerSeconds: 1800,
      idleSeconds: 300,
      maxReportBytes: 4 * 1024 ** 3,
    });
  });

  it.each([
    ['reportUrl', { reportUrl: 'https://me:secret@workday.example/r' }],
    ['reportUrl', { reportUrl: `${reportUrl}#top` }],
    ['reportUrl', { reportUrl: 'ftp://workday.example/r' }],
    ['username', { username: undefined }],
    ['clientId', { signIn: 'refreshToken' }],
    ['tokenUrl', { signIn: 'refreshToken', clientId: 'c', reportUrl: `${host}/other/path` }],
    ['personReportUrl', { personReportUrl: reportUrl }],
    ['personReportUrl', { personReportUrl: `https://{id}.workday.example/r?x={id}` }],
    ['personReportUrl', { personReportUrl: 'https://elsewhere.example/r?Employee_ID={id}' }],
  ])('refuse by the name of the field: %s', (field, changes) => {
    const { error } = workdayConfig.safeParse({ ...asUser, ...changes });
    expect(new Set(error?.issues.map(({ path }) => path.join('.')))).toEqual(new Set([field]));
  });

  it('can be shown as JSON Schema', () => {
    for (const schema of [workdayConfig, workdaySecrets]) {
      const { properties } = z.toJSONSchema(schema, { io: 'input' });
      expect(Object.values(properties ?? {}).every((one) => typeof one === 'object' && one.description)).toBe(true);
    }
  });

  it('find the token endpoint of the report’s own host and tenant', () => {
    expect(tokenUrlOf({ reportUrl, tokenUrl: undefined })).toBe(`${host}/ccx/oauth2/acme/token`);
    expect(tokenUrlOf({ reportUrl, tokenUrl: 'https://x.example/token' })).toBe('https://x.example/token');
  });

  it.each(['{id}', '%7Bid%7D', '%7bid%7d'])('put an id in the place of %s, whatever is in the id', (placeholder) => {
    const template = jsonReportUrl(`${reportUrl}?Employee_ID=${placeholder}&a=1`);
    const id = 'E 1&format=xml/../$&{id}';
    const url = new URL(personReportUrl(template, id));
    expect([...url.searchParams]).toEqual([
      ['Employee_ID', id],
      ['a', '1'],
      ['format', 'json'],
    ]);
  });

  it('lead to steps for the Workday admin that name what is to be typed there', () => {
    const steps = (config: object) =>
      workdaySetup({
        tenantId: 't',
        integrationId: 'i',
        publicUrl: null,
        config: workdayConfig.parse({ ...asUser, ...config }),
      });
    const text = JSON.stringify(steps({}));
    expect(text).toContain('ISU@acme');
    expect(text).toContain('Employee_ID');
    expect(text).not.toContain('API Client');
    const oauth = JSON.stringify(steps({ signIn: 'refreshToken', clientId: 'client-7' }));
    expect(oauth).toContain('client-7');
    expect(oauth).toContain(`${host}/ccx/oauth2/acme/token`);
  });
});
