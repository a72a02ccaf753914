import { expect, it } from 'vitest';
import { connectorKind } from './connector-kind.js';
import { setupEffort } from './setup-effort.js';

it('is what the connector says', () => {
  const declared = { level: 'high', text: 'People talk first.' } as const;
  expect(setupEffort({ setupEffort: declared, setup: () => [] })).toBe(declared);
});

it('is otherwise what its set-up steps tell: a connector from outside need not say', () => {
  expect(setupEffort({ setup: () => [] })).toMatchObject({ level: 'medium' });
  expect(setupEffort({})).toMatchObject({ level: 'low' });
});

it('is custom, as long as a connector does not say that it is out of the box', () => {
  expect(connectorKind({})).toBe('custom');
  expect(connectorKind({ kind: 'outOfTheBox' })).toBe('outOfTheBox');
});
