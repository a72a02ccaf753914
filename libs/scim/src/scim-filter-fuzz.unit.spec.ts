import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '#core';
import { applyPatch } from './apply-patch.js';
import { compileScimFilter } from './compile-scim-filter.js';
import { parseScimFilter } from './parse-scim-filter.js';
import { readPatch } from './patch-request.js';
import { readResource } from './read-resource.js';
import { userType } from './resource-type.js';
import { ScimError } from './scim-error.js';

const words = [
  'userName',
  'emails',
  '[',
  ']',
  '(',
  ')',
  'type',
  'eq',
  'ne',
  'pr',
  'and',
  'or',
  'not',
  '"x"',
  '.value',
  '7',
  'true',
];
const paths = [
  'emails',
  'emails[type eq "x"]',
  'emails[type eq "x"].value',
  'name',
  'name.givenName',
  'active',
  'odd',
  '',
  'urn:a:b',
];

/** What a ScimError or nothing comes of. */
function refusedOrDone<Result>(run: () => Result): Result | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof ScimError) return null;
    throw error;
  }
}

describe('whatever a client sends', () => {
  it('a filter is a question or is refused', () => {
    const text = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), fc.jsonValue(), (filter, value) => {
        const holds = refusedOrDone(() => compileScimFilter(parseScimFilter(filter, userType)));
        expect(typeof holds?.({ emails: value as JsonValue, userName: value as JsonValue })).not.toBe('string');
      }),
    );
  });

  it('a resource after a PATCH is one that reading it again leaves alone', () => {
    const operation = fc.record({
      op: fc.constantFrom('add', 'Replace', 'remove'),
      path: fc.constantFrom(...paths),
      value: fc.jsonValue({ maxDepth: 2 }),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 4 }), (operations) => {
        const ana: JsonObject = { userName: 'ana', emails: [{ type: 'x', value: 'y' }], name: { givenName: 'A' } };
        const patched = refusedOrDone(() =>
          applyPatch(ana, readPatch({ Operations: operations as JsonValue }, userType), userType),
        );
        if (patched !== null) expect(readResource(patched, userType)).toEqual(patched);
      }),
    );
  });
});
