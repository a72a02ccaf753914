import { expect, it } from 'vitest';
import { askScimTesters } from './scim-testers.js';

it('the SCIM service passes every check of scim2-tester, and scim-sanity in its compat profile', async () => {
  expect(await askScimTesters()).toEqual({ isConformant: true, isSane: true });
});
