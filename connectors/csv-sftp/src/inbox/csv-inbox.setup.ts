import type { SetupStep, SetupTarget } from '#connector-sdk';
import { encryptionSteps } from '../encryption-steps.js';
import { parseFilePattern } from '../file-pattern.js';
import { besideOf } from '../find-files.js';
import type { CsvInboxConfig } from './csv-inbox.settings.js';
import { inboxClosed, inboxPath } from './inbox-folder.js';

/** What whoever sends the reports does. */
export function csvInboxSetup({ config, inbox, publicKeys = [] }: SetupTarget<CsvInboxConfig>): SetupStep[] {
  if (inbox === undefined || inbox === null) return [{ title: 'Open the inbox', text: inboxClosed }];
  const { host, port, user, fingerprint } = inbox;
  const { path, content, trailer, syncOnArrival, arrivalPauseSeconds } = config;
  const beside = besideOf(path, config).map((value) => ({ label: 'File beside it', value }));
  return [
    {
      title: 'Log in',
      text: 'Send the reports by SFTP, with the password or one of the keys that are set here.',
      values: [
        { label: 'Host', value: host },
        { label: 'Port', value: String(port) },
        { label: 'User', value: user },
      ],
    },
    {
      title: 'Know the host key',
      text:
        fingerprint === null
          ? 'Ask the operator of Muster for the SHA256 fingerprint of its host key: the fetcher’s log shows it at each start. Send nothing to a server that presents another one.'
          : 'Accept a server that presents this host key, and no other.',
      values: fingerprint === null ? [] : [{ label: 'Fingerprint', value: fingerprint }],
    },
    {
      title: 'Schedule the report',
      text:
        content === 'full'
          ? 'Every file holds everybody. Somebody who is missing from a file counts as gone. Files can be sent and listed, and neither read nor deleted; one that is sent again under its name takes the place of the first.'
          : 'Every file holds those who have changed since the last one. Somebody who leaves stands in it with a status or a termination date. Files can be sent and listed, and neither read nor deleted.',
      values: [
        { label: 'Folder', value: inboxPath(parseFilePattern(path).folder) },
        { label: 'File', value: inboxPath(path) },
        ...beside,
        ...(trailer === undefined ? [] : [{ label: 'Last line', value: trailer }]),
      ],
    },
    ...encryptionSteps(publicKeys),
    {
      title: 'When it is read',
      text: syncOnArrival
        ? `A sync begins by itself ${arrivalPauseSeconds} seconds after the last byte of the report${beside.length === 0 ? '' : ' and of every file beside it'} has come. A report that is sent again begins another one.`
        : 'A report waits for the schedule of this integration, or until somebody asks for a sync.',
    },
  ];
}
