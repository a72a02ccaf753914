import { describe, expect, it } from 'vitest';
import { type AttributeDefinition, type MappingDefinition, standardAttributes } from '#core';
import { compileMapping } from './compile-mapping.js';

const badge: AttributeDefinition = {
  name: 'custom.badge',
  label: 'Badge',
  type: 'number',
  required: false,
  whenBlank: 'keep',
  excludeFromCsvExport: false,
  standard: false,
};
const sound: MappingDefinition = {
  identity: 'connector',
  attributes: { fullName: 'name', email: 'mail', 'custom.badge': 'badge' },
  scope: "type == 'regular'",
  restricted: { expression: 'external', onMissing: 'keep' },
};

function problems(change: Partial<MappingDefinition>, options: { required?: boolean; sourceId?: string | null } = {}) {
  const compiled = compileMapping({
    definition: { ...sound, ...change },
    attributes: [...standardAttributes, { ...badge, required: options.required ?? false }],
    sourceIdExpression: options.sourceId === undefined ? 'id' : options.sourceId,
  });
  return compiled.ok ? [] : compiled.problems;
}

describe('a mapping that can be saved', () => {
  it.each<[string, Partial<MappingDefinition>]>([
    ['as it is', {}],
    ['without scope and indicator', { scope: null, restricted: null }],
    ['by e-mail', { identity: 'email' }],
    ['by employee id', { identity: 'employeeId', attributes: { ...sound.attributes, employeeId: 'number' } }],
  ])('%s', (_case, change) => {
    expect(problems(change)).toEqual([]);
  });
});

describe('a mapping that cannot be saved', () => {
  it('lists every problem with its field and place', () => {
    const attributes = { fullName: 'name ||', 'custom.nothing': 'x', title: 'uper(title)', toString: 'x' };
    expect(problems({ attributes, scope: 'a = b', restricted: { expression: '', onMissing: 'keep' } })).toEqual([
      expect.objectContaining({ field: 'attributes.fullName', code: 'syntax', position: 7 }),
      expect.objectContaining({ field: 'attributes.custom.nothing', code: 'unknownAttribute' }),
      expect.objectContaining({ field: 'attributes.title', code: 'unknownFunction', position: 0 }),
      expect.objectContaining({ field: 'attributes.toString', code: 'unknownAttribute' }),
      expect.objectContaining({ field: 'attributes.email', code: 'requiredAttributeUnmapped' }),
      expect.objectContaining({ field: 'scope', code: 'syntax', position: 2 }),
      expect.objectContaining({ field: 'restricted.expression', code: 'syntax', position: 0 }),
    ]);
  });

  it('lacks an attribute that the tenant requires', () => {
    const { 'custom.badge': _, ...attributes } = sound.attributes;
    expect(problems({ attributes }, { required: true })).toEqual([
      {
        field: 'attributes.custom.badge',
        code: 'requiredAttributeUnmapped',
        message: 'custom.badge is required and has no expression.',
      },
    ]);
  });

  it('names an identity without an expression', () => {
    expect(problems({ identity: 'employeeId' })).toEqual([
      expect.objectContaining({ field: 'identity', code: 'identityUnmapped' }),
    ]);
    expect(problems({}, { sourceId: null })).toEqual([
      expect.objectContaining({ field: 'identity', code: 'identityUnmapped' }),
    ]);
    expect(problems({}, { sourceId: 'a..b' })).toEqual([
      expect.objectContaining({ field: 'identity', code: 'syntax', position: 2 }),
    ]);
  });
});
