import { letMusterThrough, type SetupStep, type SetupTarget } from '#connector-sdk';
import type { WorkdayConfig } from './workday.settings.js';
import { tokenUrlOf } from './workday.settings.js';

/** What the Workday admin does before Muster can read. */
export function workdaySetup(target: SetupTarget<WorkdayConfig>): SetupStep[] {
  const { config } = target;
  const { reportUrl, personReportUrl, idKey, username, clientId, signIn } = config;
  const tokenUrl = tokenUrlOf(config);
  const addresses = [reportUrl, ...(signIn === 'refreshToken' && tokenUrl !== null ? [tokenUrl] : [])];
  const hosts = [...new Set(addresses.map((address) => new URL(address).origin))];
  return [
    {
      title: 'Create an integration system user',
      text: 'Task “Create Integration System User”. Set “Do Not Allow UI Sessions”, a session time-out of 0, and exempt the user from password expiration, or every sync ends on the day its password does.',
      ...(username === undefined ? {} : { values: [{ label: 'User name, with the tenant', value: username }] }),
    },
    {
      title: 'Give it a security group',
      text: 'Task “Create Security Group”, type Integration System Security Group (Unconstrained), with that user as its only member. A constrained group sees a part of the company, and whoever it stops seeing would look like a leaver.',
    },
    {
      title: 'Allow it to see the report’s fields',
      text: 'Task “Maintain Permissions for Security Group”: Get and View on the domains of the report’s data source and fields, usually Worker Data: Public Worker Reports, Worker Data: Current Staffing Information, Person Data: Work Contact Information. Then task “Activate Pending Security Policy Changes”.',
    },
    {
      title: 'Enable the report as a web service',
      text: 'An advanced custom report with one row per person and everybody in it, leavers of the last weeks too. On its Advanced tab tick “Enable As Web Service”, and give the columns XML aliases that stay as they are. Optional prompts need values in the address.',
      values: [
        { label: 'Column with the immutable id', value: idKey },
        ...(personReportUrl === undefined
          ? []
          : [{ label: 'Report of one person, with its prompt', value: personReportUrl }]),
      ],
    },
    {
      title: 'Share the report with the user',
      text: 'On the report’s Share tab: share with specific authorized groups and users, and name the integration system user. A report that is not shared answers 403.',
    },
    {
      title: 'Copy the address',
      text: 'Related actions of the report, Web Service, View URLs: the JSON link is what goes into Muster, as reportUrl.',
      values: [{ label: 'Address in use', value: reportUrl }],
    },
    ...(signIn === 'refreshToken' ? oauthSteps(clientId, tokenUrl) : []),
    letMusterThrough(target, {
      title: 'Let Muster’s requests through',
      text: 'Muster’s fetcher calls these addresses from its own network; nothing calls Muster. Where an authentication policy restricts networks, allow the user from there.',
      values: hosts.map((value) => ({ label: 'Address', value })),
    }),
  ];
}

function oauthSteps(clientId: string | undefined, tokenUrl: string | null): SetupStep[] {
  return [
    {
      title: 'Register an API client for integrations',
      text: 'Task “Register API Client for Integrations”, scope System and the functional areas of the report’s fields. Tick “Non-Expiring Refresh Tokens” unless your rules forbid it; Muster follows tokens that are replaced at each use, too. The client secret is shown once and goes into Muster, as clientSecret.',
      values: [
        ...(clientId === undefined ? [] : [{ label: 'Client id', value: clientId }]),
        ...(tokenUrl === null ? [] : [{ label: 'Token endpoint', value: tokenUrl }]),
      ],
    },
    {
      title: 'Generate a refresh token',
      text: 'Related actions of the API client, “Manage Refresh Tokens for Integrations”: choose the integration system user and generate a new token. It goes into Muster, as refreshToken, and nowhere else: two who use the same one throw each other out.',
    },
  ];
}
