import { compileMapping, mapRecord } from '#mapping';
import { standardAttributes } from '#core';
import { describe, expect, it } from 'vitest';
import { csvSftp } from './csv-sftp.connector.js';

function map(document: Record<string, string>) {
  const { attributes } = csvSftp.defaultMapping;
  const compiled = compileMapping({
    definition: { identity: 'connector', attributes, scope: null, restricted: null },
    attributes: [...standardAttributes],
    sourceIdExpression: csvSftp.sourceIdExpression,
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return mapRecord(compiled.mapping, document);
}

describe('the default mapping of csv-sftp', () => {
  it('reads a report under the usual headers', () => {
    const { sourceId, values, problems } = map({
      '@id': '0042',
      'Employee ID': '0042',
      'First Name': 'Søren',
      'Last Name': 'Ålund',
      'Work Email': 'soren@acme.example',
      'Job Title': 'Buyer',
      Department: 'Operations',
      "Manager's Email": 'anna@acme.example',
      Status: 'Active',
      'Termination Date': '',
    });
    expect(problems).toEqual([]);
    expect(sourceId).toBe('0042');
    expect(values).toEqual({
      fullName: 'Søren Ålund',
      email: 'soren@acme.example',
      employeeId: '0042',
      active: true,
      title: 'Buyer',
      department: 'Operations',
      managerEmail: 'anna@acme.example',
      terminationDate: null,
    });
  });

  it('takes a whole name before its parts, and what parts there are', () => {
    expect(map({ 'Full Name': 'Ann Lee', 'First Name': 'A' }).values['fullName']).toBe('Ann Lee');
    expect(map({ 'Full Name': '', 'First Name': '', 'Last Name': 'Lee' }).values['fullName']).toBe('Lee');
  });

  it.each([
    ['Active', true],
    [' on LEAVE ', true],
    ['', true],
    ['Terminated', false],
    ['I', false],
  ])('takes the status %j for active: %s', (Status, active) => {
    expect(map({ '@id': '1', Status })).toMatchObject({ values: { active }, problems: [] });
    expect(map({ '@id': '1', 'Employment Status': Status })).toMatchObject({ values: { active }, problems: [] });
  });

  it('fails who has a status that nobody has thought of, instead of guessing', () => {
    const { values, problems } = map({ '@id': '1', Status: 'Garden leave?' });
    expect(values).not.toHaveProperty('active');
    expect(problems).toEqual([expect.objectContaining({ attribute: 'active', code: 'typeMismatch' })]);
  });

  it('fails nobody for a column that is missing', () => {
    expect(map({ '@id': '1', 'Work Email': 'a@acme.example' })).toMatchObject({
      problems: [],
      values: { active: true },
    });
  });
});
