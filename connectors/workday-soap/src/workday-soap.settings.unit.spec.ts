import { describe, expect, it } from 'vitest';
import { workdaySoap } from './workday-soap.connector.js';
import { versionOf, workdaySoapConfig, workdaySoapSecrets } from './workday-soap.settings.js';

const least = {
  serviceUrl: 'https://wd2-impl-services1.workday.com/ccx/service/acme/Human_Resources/v45.0',
  username: 'ISU_Muster@acme',
};

describe('the settings of workday-soap', () => {
  it('need an address and a user, and name the version by the address', () => {
    const config = workdaySoapConfig.parse(least);
    expect(config).toMatchObject({ idType: 'WID', pageSize: 100, excludeInactive: false });
    expect(versionOf(config)).toBe('v45.0');
  });

  it.each([
    ['serviceUrl', 'ftp://acme.example/ccx/service/acme/Human_Resources/v45.0'],
    ['serviceUrl', 'https://me:secret@acme.example/ccx/service/acme/Human_Resources/v45.0'],
    ['serviceUrl', 'https://acme.example/ccx/service/acme/Human_Resources/v45.0?wsdl'],
    ['serviceUrl', 'https://acme.example/ccx/service/acme/Staffing/v45.0'],
    ['serviceUrl', 'https://acme.example/ccx/service/acme/Human_Resources'],
    ['idType', "WID'] || 'x"],
    ['responseGroups', ['Include_Roles/><x']],
    ['responseGroups', []],
    ['pageSize', 1000],
  ])('refuse %s: %j', (name, value) => {
    const { error } = workdaySoapConfig.safeParse({ ...least, [name]: value });
    expect(error?.issues.map(({ path }) => path[0])).toEqual([name]);
  });

  it('need a password', () => {
    expect(workdaySoapSecrets.safeParse({ password: '' }).success).toBe(false);
  });

  it('are told in the setup, the password not', () => {
    const target = { tenantId: 't', integrationId: 'i', publicUrl: null, config: workdaySoapConfig.parse(least) };
    const values = workdaySoap.setup?.(target).flatMap((step) => step.values ?? []);
    expect(values?.map(({ value }) => value)).toEqual([
      least.username,
      'Include_Reference, Include_Personal_Information, Include_Employment_Information, Include_Organizations',
      least.serviceUrl,
      'WID',
      'https://wd2-impl-services1.workday.com',
    ]);
  });
});
