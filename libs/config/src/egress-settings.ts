import { X509Certificate } from 'node:crypto';
import type { EgressSettings } from './muster-config.js';
import { readPem } from './read-pem.js';
import type { Settings } from './settings.js';
import type { TellProblem } from './tell-problem.js';

/** Where connectors may connect. What lies in a file that cannot be used is told; its path is relative to the directory. */
export function egressSettings(settings: Settings, directory: string, tell: TellProblem): EgressSettings {
  const name = 'MUSTER_EGRESS_CA_FILE';
  const ca = readPem(name, settings[name], directory, tell);
  if (ca !== null && !areCertificates(ca)) tell(`${name} names a file whose certificates cannot be read.`, name);
  return {
    allow: settings.MUSTER_EGRESS_ALLOW,
    hosts: settings.MUSTER_EGRESS_HOSTS,
    proxy: settings.MUSTER_EGRESS_PROXY,
    ca,
  };
}

/** TLS itself passes over what it cannot read. */
function areCertificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block)).length > 0;
  } catch {
    return false;
  }
}
