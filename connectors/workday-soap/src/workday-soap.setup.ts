import { letMusterThrough, type SetupStep, type SetupTarget } from '#connector-sdk';
import type { WorkdaySoapConfig } from './workday-soap.settings.js';

/** What the Workday admin does before Muster can read. */
export function workdaySoapSetup(target: SetupTarget<WorkdaySoapConfig>): SetupStep[] {
  const { config } = target;
  const { serviceUrl, username, idType, responseGroups } = config;
  return [
    {
      title: 'Create an integration system user',
      text: 'Task “Create Integration System User”. Set “Do Not Allow UI Sessions”, a session time-out of 0, and exempt the user from password expiration, or every sync ends on the day its password does. The password goes into Muster.',
      values: [{ label: 'User name, with the tenant', value: username }],
    },
    {
      title: 'Give it a security group',
      text: 'Task “Create Security Group”, type Integration System Security Group (Unconstrained), with that user as its only member. A constrained group sees a part of the company, and whoever it stops seeing would look like a leaver.',
    },
    {
      title: 'Allow it to get workers',
      text: 'Task “Maintain Permissions for Security Group”: Get on Worker Data: Public Worker Reports, Worker Data: Workers, Worker Data: Current Staffing Information, Worker Data: Organization Information and Person Data: Work Contact Information. Then task “Activate Pending Security Policy Changes”. A part that the group may not see is left out of the answer without a word.',
      values: [{ label: 'Parts that are asked for', value: responseGroups.join(', ') }],
    },
    {
      title: 'Copy the address',
      text: 'Report “Public Web Services”, related actions of Human Resources (Public), Web Service, View WSDL: the address is at its end, in soap:address.',
      values: [
        { label: 'Address in use', value: serviceUrl },
        { label: 'Type of the immutable id', value: idType },
      ],
    },
    letMusterThrough(target, {
      title: 'Let Muster’s requests through',
      text: 'Muster’s fetcher calls this address from its own network; nothing calls Muster. Where an authentication policy restricts networks, allow the user from there, by user name and password.',
      values: [{ label: 'Address', value: new URL(serviceUrl).origin }],
    }),
  ];
}
