import { SourceConfigurationError, type SourceError, SourceRetriableError } from '../source.errors.js';
import type { SpecialRange } from './special-range.js';

/** Names the range and not the address: whoever may set up a source need not learn where names of the inner network lead. */
export function addressNotAllowed(host: string, { range, what }: SpecialRange): SourceError {
  return new SourceConfigurationError({
    code: 'addressNotAllowed',
    message: `${host} leads to ${what} (${range}), and Muster connects to public addresses only. Check the address; if it is right, ask the operator to allow it by the setting MUSTER_EGRESS_ALLOW, which takes ranges such as ${range}.`,
    fields: { host, range },
  });
}

export function hostNotAllowed(host: string): SourceError {
  return new SourceConfigurationError({
    code: 'hostNotAllowed',
    message: `${host} is none of the hosts that Muster may connect to. Check the address; if it is right, ask the operator to add it to the setting MUSTER_EGRESS_HOSTS.`,
    fields: { host },
  });
}

export function hostNotFound(host: string, cause?: unknown): SourceError {
  return new SourceConfigurationError({
    code: 'hostNotFound',
    message: `The host ${host} does not exist. Check the address in the integration's settings.`,
    fields: { host },
    cause,
  });
}

/** `problem`: as OpenSSL or Node names it, e.g. `CERT_HAS_EXPIRED`. */
export function certificateNotTrusted(host: string, problem: string, cause: unknown): SourceError {
  const advice =
    problem === 'CERT_HAS_EXPIRED' || problem === 'CERT_NOT_YET_VALID'
      ? 'Whoever runs it must renew the certificate.'
      : problem === 'ERR_TLS_CERT_ALTNAME_INVALID'
        ? 'The certificate is for other names: check the address.'
        : 'If an authority of your own signed it, ask the operator to name that in the setting MUSTER_EGRESS_CA_FILE.';
  return new SourceConfigurationError({
    code: 'certificateNotTrusted',
    message: `The certificate of ${host} cannot be trusted (${problem}). ${advice}`,
    fields: { host, cause: problem },
    cause,
  });
}

export function unreachable(host: string, cause: unknown): SourceError {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'failed';
  return new SourceRetriableError({
    code: 'unreachable',
    message: `${host} cannot be reached (${code}). If this stays, check address, port and firewall.`,
    fields: { host, cause: code },
    cause,
  });
}

export function notConnectedInTime(host: string, timeoutMs: number): SourceError {
  return new SourceRetriableError({
    code: 'timeout',
    message: `${host} did not answer within ${timeoutMs} ms. If this stays, check address, port and firewall.`,
    fields: { host },
  });
}

export function proxyUnreachable(host: string, cause: unknown): SourceError {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'failed';
  return new SourceRetriableError({
    code: 'unreachable',
    message: `The proxy that leads to ${host} cannot be reached (${code}). If this stays, ask the operator to check MUSTER_EGRESS_PROXY.`,
    fields: { host, cause: code },
    cause,
  });
}

/** What a proxy answered instead of opening the way. */
export function refusedByProxy(host: string, status: number): SourceError {
  const fields = { host, status };
  if (status >= 500) {
    return new SourceRetriableError({
      code: 'unreachable',
      message: `The proxy that leads to ${host} cannot reach it (${status}). If this stays, check the address.`,
      fields: { ...fields, cause: `proxy ${status}` },
    });
  }
  const advice =
    status === 407
      ? 'It does not accept its name and password: ask the operator to correct MUSTER_EGRESS_PROXY.'
      : 'Check the address; if it is right, ask the operator to have it allowed there.';
  return new SourceConfigurationError({
    code: 'refusedByProxy',
    message: `The proxy that leads to ${host} refuses (${status}). ${advice}`,
    fields,
  });
}
