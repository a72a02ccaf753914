import type { SetupStep, SetupTarget } from '#connector-sdk';
import type { ScimConfig } from './scim.settings.js';

const tokenStep: SetupStep = {
  title: 'Make a token',
  text: 'Make a SCIM token for this integration in Muster (`muster scim-token create`). It is shown once; copy it to the identity provider.',
};

const assignStep: SetupStep = {
  title: 'Assign people',
  text: 'Assign the people and groups that Muster is to know to the application, and wait until the provider has pushed them.',
};

const syncStep: SetupStep = {
  title: 'Look before it counts',
  text: 'Give the integration a mapping (`muster mapping create --default --activate`), without which nobody is planned. Then run a dry sync: it shows what becomes of everybody who was pushed, and changes nothing.',
};

/** What is done at the identity provider. */
export function scimSetup(target: SetupTarget<ScimConfig>): SetupStep[] {
  const address = `${target.publicUrl ?? 'https://<the address of Muster>'}/scim/v2/${target.integrationId}`;
  return [tokenStep, ...providerSteps(target.config.provider, address), assignStep, syncStep];
}

function providerSteps(provider: ScimConfig['provider'], address: string): SetupStep[] {
  switch (provider) {
    case 'okta':
      return [
        {
          title: 'Enable SCIM for the application',
          text: 'In the Okta admin console, open the application, General, App Settings: choose SCIM as the provisioning method. Then open Provisioning, Integration, and enter these. Paste the token as the HTTP header’s value.',
          values: [
            { label: 'SCIM connector base URL', value: address },
            { label: 'Unique identifier field for users', value: 'userName' },
            {
              label: 'Supported provisioning actions',
              value: 'Push New Users, Push Profile Updates, Push Groups',
            },
            { label: 'Authentication mode', value: 'HTTP Header' },
          ],
        },
        {
          title: 'Let Okta push',
          text: 'Under Provisioning, To App: enable Create Users, Update User Attributes and Deactivate Users. Push the groups that mappings need under Push Groups.',
        },
      ];
    case 'entra':
      return [
        {
          title: 'Turn on provisioning',
          text: 'In the Entra admin center, open the enterprise application, Provisioning, mode Automatic. Enter these, paste the token as the secret token, and test the connection.',
          values: [{ label: 'Tenant URL', value: `${address}?aadOptscim062020` }],
        },
        {
          title: 'Check the attribute mappings',
          text: 'The defaults work. Map objectId to externalId, so that somebody whose name changes stays the same person. Then set the provisioning status to On; Entra pushes every 40 minutes.',
          values: [{ label: 'Target attribute for objectId', value: 'externalId' }],
        },
      ];
    case 'onelogin':
      return [
        {
          title: 'Add the SCIM application',
          text: 'In OneLogin, add the application SCIM Provisioner with SAML (SCIM v2 Enterprise). Under Configuration enter these, paste the token as the SCIM bearer token, and enable the API status.',
          values: [
            { label: 'SCIM Base URL', value: address },
            { label: 'SCIM JSON Template', value: oneLoginTemplate },
          ],
        },
        {
          title: 'Let OneLogin push',
          text: 'Under Provisioning: enable provisioning, and choose Suspend for users that are deleted or lose access. Under Parameters: include groups where mappings need them.',
        },
      ];
    case 'other':
      return [
        {
          title: 'Enter the address and the token',
          text: 'Choose SCIM 2.0 with a bearer token. Users are known by userName.',
          values: [{ label: 'SCIM base URL', value: address }],
        },
      ];
  }
}

/** OneLogin fills in what stands in braces. */
const oneLoginTemplate = JSON.stringify({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
  userName: '{$parameters.scimusername}',
  externalId: '{$user.id}',
  displayName: '{$user.display_name}',
  name: { givenName: '{$user.firstname}', familyName: '{$user.lastname}' },
  emails: [{ value: '{$user.email}', type: 'work', primary: true }],
  title: '{$user.title}',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: '{$user.department}' },
});
