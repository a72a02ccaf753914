import type { MusterConfig } from '#config';
import { ConfigurationError } from '#core';

/** Why the address of the settings cannot be listened at; null for any other error. */
export function cannotListen(
  error: unknown,
  { host, port }: Pick<MusterConfig, 'host' | 'port'>,
): ConfigurationError | null {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return null;
  const why =
    code === 'EADDRINUSE'
      ? 'something else is listening there already. Stop it, or set MUSTER_PORT to a free port'
      : code === 'EACCES'
        ? 'the system does not let this account use that port. Set MUSTER_PORT to one of 1024 or above'
        : `this machine has no such address (${code ?? 'unknown'}). Correct MUSTER_HOST`;
  const message = `Muster cannot listen at ${host}, port ${port}: ${why}.`;
  return new ConfigurationError('configurationInvalid', message, [message], { cause: error });
}
