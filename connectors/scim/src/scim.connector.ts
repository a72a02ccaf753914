import { defineConnector } from '#connector-sdk';
import { checkPushed } from './check-pushed.js';
import { fetchPushed } from './fetch-pushed.js';
import { scimDefaultMapping } from './scim.mapping.js';
import { scimConfig, scimSecrets } from './scim.settings.js';
import { scimSetup } from './scim.setup.js';

/** An identity provider that pushes people to Muster by SCIM 2.0. */
export const scim = defineConnector({
  id: 'scim',
  title: 'SCIM 2.0',
  description: 'An identity provider (Okta, Microsoft Entra ID, OneLogin and others) that pushes people to Muster.',
  capabilities: { full: true, person: true, delta: false, resume: true, wholeness: 'endMarker', push: true },
  kind: 'outOfTheBox',
  setupEffort: {
    level: 'medium',
    text: 'The identity provider is given an address and a token of Muster’s, and pushes people from then on.',
  },
  traits: {
    wholeness:
      'Everybody whom the provider has pushed is stored here and read to the last one. The provider says nowhere that these are all of its people: whom it has never pushed nobody knows, and whom it stops pushing stays until it says that they have gone.',
    personSync: 'One person can be synced alone, from what the provider has pushed of them; the provider is not asked.',
  },
  rateBudget: null,
  config: scimConfig,
  secrets: scimSecrets,
  decoder: 'json',
  sourceIdExpression: 'id',
  defaultMapping: scimDefaultMapping,
  setup: scimSetup,
  check: checkPushed,
  fetch: fetchPushed,
});
