import { registerHooks } from 'node:module';
import { builtUrl } from './built-url.js';

/** For `node --import`: does the same in a process of its own. */
export const registerSdkUrl = builtUrl('libs/connector-catalog/src/register-sdk.js');

const sdk = /^muster\/connector-sdk(\/|$)/;
let resolving = false;

/**
 * Lets modules anywhere import `muster/connector-sdk`, without a package of that name beside them: it leads to this
 * installation's own, through the `exports` of its package.json, so that a connector's errors are of the classes that
 * Muster knows. For the rest of this process's life; doing it again does nothing.
 */
export function resolveSdk(): void {
  if (resolving) return;
  resolving = true;
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, sdk.test(specifier) ? { ...context, parentURL: import.meta.url } : context),
  });
}
