import { search } from '@jmespath-community/jmespath';
import type { JSONValue } from '@jmespath-community/jmespath';
import { describe, expect, it } from 'vitest';
import { workdayConfig } from './workday.settings.js';
import { workdayRaas } from './workday-raas.connector.js';

const entry = {
  Employee_ID: '100041',
  Preferred_Name: 'Søren Ålund',
  Legal_Name: 'Søren Kristian Ålund',
  'Email_-_Work': 'soren.alund@acme.example',
  Business_Title: 'Buyer',
  Supervisory_Organization: 'Operations Americas',
  Location: 'Göteborg',
  Manager_group: [{ Employee_ID: '100001', primaryWorkEmail: 'anna.berg@acme.example' }],
  Active_Status: '1',
  Hire_Date: '2015-09-06',
};

function map(document: JSONValue): Record<string, unknown> {
  const { attributes } = workdayRaas.defaultMapping;
  return Object.fromEntries(
    Object.entries(attributes).map(([name, expression]) => [name, search(document, expression)]),
  );
}

describe('the default mapping of workday-raas', () => {
  it('reads an entry by the aliases that Workday makes', () => {
    expect(map(entry)).toEqual({
      fullName: 'Søren Ålund',
      email: 'soren.alund@acme.example',
      employeeId: '100041',
      active: true,
      title: 'Buyer',
      department: 'Operations Americas',
      location: 'Göteborg',
      managerEmail: 'anna.berg@acme.example',
      managerEmployeeId: '100001',
      hireDate: '2015-09-06',
      terminationDate: null,
    });
  });

  it('reads an entry by other aliases, and through related objects', () => {
    const other = {
      workdayID: '3aa5550b7fe348b98d7b5741afc65534',
      Worker_group: [{ Employee_ID: '7', Legal_Name: 'Ana García', primaryWorkEmail: 'ana@acme.example' }],
      businessTitle: 'Nurse',
      Organization_group: [{ Name: 'Care' }, { Name: 'Night' }],
      Location_group: [{ Location_Name: 'Leeds' }],
      Manager_ID: '1',
      Manager_Email: 'mo@acme.example',
    };
    expect(map(other)).toMatchObject({
      fullName: 'Ana García',
      email: 'ana@acme.example',
      employeeId: '7',
      active: true,
      title: 'Nurse',
      department: 'Care',
      location: 'Leeds',
      managerEmail: 'mo@acme.example',
      managerEmployeeId: '1',
    });
  });

  it('puts a name together from what there is', () => {
    expect(map({ First_Name: 'Ana', Legal_Last_Name: 'García' })).toMatchObject({ fullName: 'Ana García' });
    expect(map({ Last_Name: 'García' })).toMatchObject({ fullName: 'García' });
  });

  it.each([
    ['1', true],
    ['0', false],
    [1, true],
    [0, false],
    [true, true],
    [false, false],
  ])('takes Active_Status %j for %j', (status, active) => {
    expect(map({ Active_Status: status })).toMatchObject({ active });
  });

  it.each([
    ['2024-01-31', '2024-01-31'],
    ['2024-01-31-08:00', '2024-01-31'],
    ['2024-01-31T00:00:00.000-08:00', '2024-01-31'],
  ])('takes the day of %s', (date, day) => {
    expect(map({ Hire_Date: date, Termination_Date: date })).toMatchObject({ hireDate: day, terminationDate: day });
  });

  it('fails nobody for what is missing', () => {
    expect(map({ Employee_ID: '7' })).toEqual({
      fullName: '',
      email: null,
      employeeId: '7',
      active: true,
      title: null,
      department: null,
      location: null,
      managerEmail: null,
      managerEmployeeId: null,
      hireDate: null,
      terminationDate: null,
    });
  });

  it('names the same source id as the connector, whatever the column is called', () => {
    const expression = (idKey?: string) =>
      workdayRaas.sourceIdExpressionOf?.(
        workdayConfig.parse({ reportUrl: 'https://workday.example/r', username: 'u', idKey }),
      ) ?? '';
    expect(search(entry, expression())).toBe('100041');
    expect(search(entry, workdayRaas.sourceIdExpression)).toBe('100041');
    for (const key of ['workdayID', 'Worker_-_ID', 'a"b\\c', 'Größe 1']) {
      expect(search({ [key]: 'x' }, expression(key))).toBe('x');
    }
  });
});
