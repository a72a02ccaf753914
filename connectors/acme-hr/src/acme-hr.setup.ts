import { letMusterThrough, type SetupStep, type SetupTarget } from '#connector-sdk';
import type { AcmeHrConfig } from './acme-hr.settings.js';

/** What Acme's HR team does before Muster can read. */
export function acmeHrSetup(target: SetupTarget<AcmeHrConfig>): SetupStep[] {
  const { config } = target;
  const { baseUrl, tokenUrl = `${baseUrl.replace(/\/+$/, '')}/oauth/token`, clientId, scope } = config;
  return [
    {
      title: 'Register Muster as a client',
      text: 'Register an OAuth client for the client-credentials grant. Its secret goes into Muster, as clientSecret.',
      values: [
        { label: 'Client id', value: clientId },
        { label: 'Scope', value: scope },
        { label: 'Token endpoint', value: tokenUrl },
      ],
    },
    {
      title: 'Issue a signing key',
      text: 'Every request carries the header X-Acme-Signature. The key that it is made with goes into Muster, as signingKey.',
    },
    letMusterThrough(target, {
      title: 'Let Muster’s requests through',
      text: 'Muster’s fetcher calls these addresses from its own network; nothing calls Muster.',
      values: [...new Set([baseUrl, tokenUrl])].map((address) => ({ label: 'Address', value: address })),
    }),
  ];
}
