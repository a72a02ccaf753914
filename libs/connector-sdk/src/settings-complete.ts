import type { CheckStep } from './connector.js';

/** The step `configuration` of a source at an address; warns of one without TLS that is not on this machine. */
export function settingsComplete(address: string): CheckStep {
  const insecure = address.startsWith('http:') && !/^http:\/\/(localhost|127\.|\[::1\])/.test(address);
  return {
    step: 'configuration',
    ok: true,
    message: insecure
      ? 'The settings are complete. The address has no TLS: people and secrets travel unencrypted.'
      : 'The settings are complete.',
  };
}
