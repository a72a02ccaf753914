import { search } from '@jmespath-community/jmespath';
import type { JSONValue } from '@jmespath-community/jmespath';
import { describe, expect, it } from 'vitest';
import { acmeHr } from './acme-hr.connector.js';

const worker = {
  workerId: 'W0000042',
  employeeNumber: '100041',
  legalName: { given: 'Søren', family: 'Ålund', display: 'Søren Ålund' },
  contact: { workEmail: 'soren.alund@acme.example' },
  employment: {
    status: 'A',
    startDate: '2015-09-06',
    endDate: null,
    jobTitle: 'Buyer',
    costCentre: 'CC-4022',
    orgUnit: { code: 'OU-302', name: 'Operations Americas' },
  },
  location: { site: 'Göteborg', country: 'SE' },
  manager: { workerId: 'W0000001', email: 'anna.berg@acme.example' },
  contingent: null,
  access: { restricted: 'N' },
  photo: { url: 'https://people.acme.example/photos/W0000042.jpg' },
};

function map(document: JSONValue): Record<string, unknown> {
  const { attributes, restricted } = acmeHr.defaultMapping;
  return Object.fromEntries(
    Object.entries({ ...attributes, restricted: restricted ?? '' }).map(([name, expression]) => [
      name,
      search(document, expression),
    ]),
  );
}

describe('the default mapping of acme-hr', () => {
  it('reads a worker', () => {
    expect(map(worker)).toEqual({
      fullName: 'Søren Ålund',
      email: 'soren.alund@acme.example',
      employeeId: '100041',
      active: true,
      title: 'Buyer',
      department: 'Operations Americas',
      location: 'Göteborg, SE',
      managerSourceId: 'W0000001',
      hireDate: '2015-09-06',
      terminationDate: null,
      pictureUrl: 'https://people.acme.example/photos/W0000042.jpg',
      'custom.costCentre': 'CC-4022',
      'custom.contractor': false,
      restricted: false,
    });
  });

  it('knows leavers, people on leave, contractors and the restricted', () => {
    expect(map({ ...worker, employment: { status: 'T', endDate: '2024-01-31' } })).toMatchObject({
      active: false,
      terminationDate: '2024-01-31',
    });
    expect(map({ ...worker, employment: { status: 'L' } })).toMatchObject({ active: true });
    expect(map({ ...worker, contingent: { vendor: 'Randwerk GmbH' }, access: { restricted: 'Y' } })).toMatchObject({
      'custom.contractor': true,
      restricted: true,
    });
  });

  it('puts a name together when no display name came, from what there is', () => {
    expect(map({ ...worker, legalName: { given: 'Søren', family: 'Ålund', display: null } })).toMatchObject({
      fullName: 'Søren Ålund',
    });
    expect(map({ ...worker, legalName: { given: null, family: 'Ålund', display: null } })).toMatchObject({
      fullName: 'Ålund',
    });
  });

  it('fails nobody for what is missing', () => {
    expect(map({ workerId: 'W1' })).toMatchObject({
      fullName: '',
      email: null,
      active: true,
      location: '',
      'custom.contractor': false,
      restricted: false,
    });
  });

  it('names the same source id as the connector', () => {
    expect(search(worker, acmeHr.sourceIdExpression)).toBe('W0000042');
  });
});
