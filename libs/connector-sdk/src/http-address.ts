import { z } from 'zod';

/**
 * A setting that is the address of an API over HTTP: without user info (it would be a secret that everyone can read), and
 * without a query or fragment, behind which the API's own paths would be put.
 */
export const httpAddress = z
  .url({ protocol: /^https?$/, hostname: /.+/ })
  .refine((address) => isBare(address), 'must hold no user name, password, query or fragment');

function isBare(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password, search, hash } = new URL(address);
  return username === '' && password === '' && search === '' && hash === '';
}
