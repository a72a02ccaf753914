import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '#core';
import { DocumentFields } from './document-fields.js';
import { evaluateExpression } from './evaluate-expression.js';

function fieldsOf(...documents: JsonValue[]) {
  const fields = new DocumentFields();
  for (const document of documents) fields.add(document);
  return fields;
}

describe('DocumentFields', () => {
  it('tells where something stands, of which types, and how often', () => {
    const fields = fieldsOf(
      { id: 7, name: { 'given name': 'Ana' }, emails: [{ value: 'a@x.example' }, { value: '' }], note: '  ' },
      { id: '8', name: null, emails: [], 'cost-centre': 12 },
    );
    expect(fields.documents).toBe(2);
    expect(fields.list().map(({ path: _path, ...field }) => field)).toEqual([
      { expression: 'id', firstExpression: null, types: ['string', 'number'], filled: 2 },
      { expression: 'name', firstExpression: null, types: ['null', 'object'], filled: 1 },
      { expression: 'name."given name"', firstExpression: null, types: ['string'], filled: 1 },
      { expression: 'emails', firstExpression: null, types: ['array'], filled: 2 },
      { expression: 'emails[*]', firstExpression: 'emails[0]', types: ['object'], filled: 1 },
      { expression: 'emails[*].value', firstExpression: 'emails[0].value', types: ['string'], filled: 1 },
      { expression: 'note', firstExpression: null, types: ['string'], filled: 0 },
      { expression: '"cost-centre"', firstExpression: null, types: ['number'], filled: 1 },
    ]);
  });

  it('never shows a value', () => {
    const text = JSON.stringify(fieldsOf({ name: 'Ana Silva', born: ['1990-01-02'] }).list());
    expect(text).not.toMatch(/Ana|1990/);
  });

  it('stays small whatever the documents are like', () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`n${String(index)}`, index]));
    const fields = fieldsOf(wide);
    expect(fields.list()).toHaveLength(2000);
    expect(fields.isTruncated).toBe(true);
    let deep: JsonValue = 'x';
    for (let level = 0; level < 90; level += 1) deep = { a: deep };
    expect(fieldsOf(deep).list()).toHaveLength(20);
  });

  it('writes expressions that give what stands there, whatever the names are', () => {
    const name = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }).filter((text) => text.isWellFormed());
    const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.string({ maxLength: 5 }));
    const document = fc.dictionary(name, fc.oneof(scalar, fc.dictionary(name, scalar, { maxKeys: 3 })), { maxKeys: 4 });
    fc.assert(
      fc.property(document, (made) => {
        for (const { path, expression } of fieldsOf(made).list()) {
          const there = path.reduce<unknown>((value, part) => (value as Record<string, unknown>)[part ?? ''], made);
          expect(evaluateExpression({ expression, document: made })).toEqual({ value: there });
        }
      }),
      { numRuns: 200 },
    );
  });
});
