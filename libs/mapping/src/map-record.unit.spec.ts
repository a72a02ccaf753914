import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttributeDefinition, type JsonValue, type MappingDefinition, standardAttributes } from '#core';
import { document, expression } from './arbitraries.spec.js';
import { compileMapping } from './compile-mapping.js';
import { evaluateExpression } from './evaluate-expression.js';
import { extractSourceId, mapRecord } from './map-record.js';
import { nextDueDate } from './next-due-date.js';

const skills: AttributeDefinition = {
  name: 'custom.skills',
  label: 'Skills',
  type: 'string[]',
  required: false,
  whenBlank: 'clear',
  excludeFromCsvExport: false,
  standard: false,
};

function compiled(change: Partial<MappingDefinition> = {}) {
  const definition: MappingDefinition = {
    identity: 'connector',
    attributes: { fullName: 'name', email: 'mail' },
    scope: null,
    restricted: null,
    ...change,
  };
  const result = compileMapping({ definition, attributes: [...standardAttributes, skills], sourceIdExpression: 'id' });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.mapping;
}

const ada = { id: 7, name: 'Ada', mail: 'Ada@Example.com' };

describe('a mapped record', () => {
  it('has typed values for mapped attributes only', () => {
    const mapping = compiled({
      attributes: {
        fullName: "join(' ', [first, last])",
        email: 'contact.mail',
        active: "status == 'ACTIVE'",
        hireDate: 'hired',
        title: 'job.title',
        'custom.skills': 'skills[*].name',
      },
      scope: "type != 'contingent'",
      restricted: { expression: 'external', onMissing: 'restricted' },
    });
    const record = {
      ...{ id: ' w-1 ', first: 'Zoë', last: 'Müller', contact: { mail: 'z@example.com' }, status: 'ACTIVE' },
      ...{
        hired: '2024-03-04T00:00:00Z',
        skills: [{ name: 'b' }, { name: 'a' }, { name: 'b' }],
        type: 'regular',
        external: 'N',
      },
    };
    expect(mapRecord(mapping, record)).toEqual({
      sourceId: 'w-1',
      inScope: true,
      restricted: false,
      values: {
        fullName: 'Zoë Müller',
        email: 'z@example.com',
        active: true,
        hireDate: '2024-03-04',
        title: null,
        'custom.skills': ['b', 'a'],
      },
      problems: [],
    });
  });

  it('loses only the attribute whose expression fails or gives another type', () => {
    const mapping = compiled({
      attributes: { fullName: 'upper(name)', email: 'mail', hireDate: 'hired', title: 'title' },
    });
    expect(
      mapRecord(mapping, { ...ada, name: null, mail: 'nobody', hired: '03/04/2024', title: { en: 'Boss' } }),
    ).toEqual({
      sourceId: '7',
      inScope: true,
      restricted: null,
      values: {},
      problems: [
        {
          attribute: 'fullName',
          code: 'expressionFailed',
          expression: 'upper(name)',
          message: 'upper() expected argument 1 to be string, but it was null.',
          function: 'upper',
          expected: 'string',
          actual: 'null',
        },
        {
          attribute: 'email',
          code: 'typeMismatch',
          expression: 'mail',
          message: 'email takes: e-mail address (local@domain). The expression gave a string that is none.',
          expected: 'e-mail address (local@domain)',
          actual: 'string',
        },
        expect.objectContaining({ attribute: 'hireDate', code: 'typeMismatch', actual: 'string' }),
        {
          attribute: 'title',
          code: 'typeMismatch',
          expression: 'title',
          message: 'title takes: string. The expression gave object.',
          expected: 'string',
          actual: 'object',
        },
      ],
    });
  });
});

describe('identity', () => {
  it.each<[JsonValue, string | null]>([
    [7, '7'],
    ['9007199254740993', '9007199254740993'],
    [' x ', 'x'],
    ['', null],
    ['  ', null],
    [null, null],
    [true, null],
    [{ value: 'x' }, null],
  ])('%j is the source id %j', (id, expected) => {
    const mapped = mapRecord(compiled(), { ...ada, id });
    expect(mapped.sourceId).toBe(expected);
    expect(extractSourceId(compiled(), { ...ada, id })).toBe(expected);
    expect(mapped.problems.map(({ attribute }) => attribute)).toEqual(expected === null ? ['identity'] : []);
  });

  it('that is blank and one of a wrong type are told apart', () => {
    expect(mapRecord(compiled(), { ...ada, id: '' }).problems).toMatchObject([
      { code: 'identityMissing', expression: 'id' },
    ]);
    expect(mapRecord(compiled(), { ...ada, id: {} }).problems).toMatchObject([
      { code: 'typeMismatch', actual: 'object' },
    ]);
  });

  it('can be the e-mail address, whatever its letter case, or the employee id', () => {
    expect(extractSourceId(compiled({ identity: 'email' }), ada)).toBe('ada@example.com');
    const attributes = { fullName: 'name', email: 'mail', employeeId: 'number' };
    expect(extractSourceId(compiled({ identity: 'employeeId', attributes }), { ...ada, number: ' E7 ' })).toBe('E7');
  });

  it('is known although everything else fails', () => {
    const mapping = compiled({ attributes: { fullName: 'upper(id)', email: 'upper(id)' }, scope: 'upper(id)' });
    expect(mapRecord(mapping, ada)).toMatchObject({ sourceId: '7', values: {} });
    expect(extractSourceId(mapping, ada)).toBe('7');
  });
});

describe('scope', () => {
  it.each<[JsonValue, boolean, number]>([
    [true, true, 0],
    [false, false, 0],
    [null, false, 0],
    ['yes', true, 1],
    [1, true, 1],
    [{}, true, 1],
  ])('%j: in scope %j, %d problems', (value, inScope, problems) => {
    const mapped = mapRecord(compiled({ scope: 'flag' }), { ...ada, flag: value });
    expect([mapped.inScope, mapped.problems.length]).toEqual([inScope, problems]);
  });

  it('that fails takes nobody for somebody who left', () => {
    const mapped = mapRecord(compiled({ scope: "starts_with(type, 'x')" }), ada);
    expect(mapped).toMatchObject({ inScope: true, problems: [{ attribute: 'scope', function: 'starts_with' }] });
  });
});

describe('the restricted indicator', () => {
  it.each<[JsonValue, boolean | null, number]>([
    ['Y', true, 0],
    [0, false, 0],
    [null, null, 0],
    ['', null, 0],
    ['maybe', null, 1],
  ])('%j is %j', (value, restricted, problems) => {
    const mapped = mapRecord(compiled({ restricted: { expression: 'flag', onMissing: 'keep' } }), {
      ...ada,
      flag: value,
    });
    expect([mapped.restricted, mapped.problems.length]).toEqual([restricted, problems]);
  });
});

describe('whatever the record and the expressions', () => {
  const mappingOf = fc.record({ one: expression, two: expression, three: expression, four: expression });
  const mapWith = ({ one, two, three, four }: { one: string; two: string; three: string; four: string }) =>
    compiled({
      attributes: { fullName: one, email: two, hireDate: three, active: four, 'custom.skills': one },
      scope: two,
      restricted: { expression: three, onMissing: 'keep' },
    });

  it('mapping never throws', () => {
    fc.assert(
      fc.property(mappingOf, fc.oneof(document, fc.jsonValue() as fc.Arbitrary<JsonValue>), (sources, record) => {
        const { values, problems } = mapRecord(mapWith(sources), record);
        const failed = problems.map(({ attribute }) => attribute);
        for (const name of ['fullName', 'email', 'hireDate', 'active', 'custom.skills']) {
          expect(failed.includes(name)).toBe(!Object.hasOwn(values, name));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('problems hold no value of the record', () => {
    const canary = (value: JsonValue): JsonValue => {
      if (typeof value === 'string') return `Kanarie${value}`;
      if (typeof value === 'number') return value + 918273645;
      if (Array.isArray(value)) return value.map(canary);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, canary(member)]));
    };
    let seen = 0;
    fc.assert(
      fc.property(mappingOf, document, (sources, record) => {
        const { problems } = mapRecord(mapWith(sources), canary(record));
        seen += problems.length;
        expect(JSON.stringify(problems)).not.toMatch(/kanarie|9182736/i);
      }),
      { numRuns: 1_000 },
    );
    expect(seen).toBeGreaterThan(1_000);
  });
});

describe('trying an expression', () => {
  it('shows value and coerced value', () => {
    expect(evaluateExpression({ expression: 'name', document: ada })).toEqual({ value: 'Ada' });
    expect(evaluateExpression({ expression: 'id', document: ada, type: 'string' })).toEqual({ value: 7, coerced: '7' });
  });

  it('shows what is wrong', () => {
    expect(evaluateExpression({ expression: 'name.', document: ada })).toMatchObject({
      value: null,
      problem: { code: 'syntax', position: 5 },
    });
    expect(evaluateExpression({ expression: 'upper(id)', document: ada })).toMatchObject({
      value: null,
      problem: { code: 'expressionFailed', function: 'upper', expected: 'string', actual: 'number' },
    });
    expect(
      evaluateExpression({ expression: 'name', document: ada, type: 'date', attribute: 'hireDate' }),
    ).toMatchObject({
      value: 'Ada',
      problem: { attribute: 'hireDate', code: 'typeMismatch', actual: 'string' },
    });
    expect(evaluateExpression({ expression: 'name', document: ada, type: 'string', attribute: 'email' })).toMatchObject(
      {
        problem: { code: 'typeMismatch' },
      },
    );
  });
});

describe('the next due date', () => {
  it.each([
    [{ terminationDate: '2024-03-05' }, '2024-03-05'],
    [{ terminationDate: '2024-03-04' }, null],
    [{ terminationDate: '2024-03-03' }, null],
    [{ terminationDate: null }, null],
    [{ hireDate: '2024-03-05' }, null],
  ])('of %j on 2024-03-04 is %j', (values, expected) => {
    expect(nextDueDate(values, '2024-03-04')).toBe(expected);
  });
});
