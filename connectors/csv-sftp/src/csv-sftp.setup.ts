import { letMusterThrough, type SetupStep, type SetupTarget } from '#connector-sdk';
import type { CsvSftpConfig } from './csv-sftp.settings.js';
import { encryptionSteps } from './encryption-steps.js';
import { parseFilePattern } from './file-pattern.js';
import { besideOf } from './find-files.js';

/** What whoever runs the SFTP server and the report does before Muster can read. */
export function csvSftpSetup(target: SetupTarget<CsvSftpConfig>): SetupStep[] {
  const { config, publicKeys = [] } = target;
  const { host, port, user, path, content, archiveFolder, trailer } = config;
  const { folder } = parseFilePattern(path);
  const sshKeys = publicKeys
    .filter(({ kind }) => kind === 'ssh')
    .map(({ use, publicKey }) => ({ label: use === 'next' ? 'New public key' : 'Public key', value: publicKey }));
  const beside = besideOf(path, config).map((value) => ({ label: 'File beside it', value }));
  return [
    {
      title: 'Create the user',
      text: 'Create this user on the SFTP server, for SFTP alone. It reads the folder of the files and moves files from there into the archive folder. It logs in by a public key that Muster has made (`muster key-pair make ssh`), as a line of its authorized_keys; or its password or private key goes into Muster, as password or privateKey.',
      values: [
        { label: 'User', value: user },
        ...sshKeys,
        { label: 'Folder', value: folder },
        { label: 'Archive folder', value: `${folder}/${archiveFolder}` },
      ],
    },
    letMusterThrough(target, {
      title: 'Let Muster through',
      text: 'Muster’s fetcher connects to the server from its own network; nothing connects to Muster.',
      values: [{ label: 'Server', value: `${host}:${port}` }],
    }),
    {
      title: 'Confirm the host key',
      text: 'Tell whoever sets up Muster the SHA256 fingerprint of the server’s host key (ssh-keygen -l -f on its public key). A check of this integration shows the one that the server presents; when both are equal, it goes into hostKeyFingerprints. Until then no password is sent.',
    },
    {
      title: 'Schedule the report',
      text:
        content === 'full'
          ? 'Every file holds everybody. Somebody who is missing from a file counts as gone.'
          : 'Every file holds those who have changed since the last one. Somebody who leaves stands in it with a status or a termination date.',
      values: [
        { label: 'File', value: path },
        ...beside,
        ...(trailer === undefined ? [] : [{ label: 'Last line', value: trailer }]),
      ],
    },
    ...encryptionSteps(publicKeys),
    {
      title: 'Write files in one go',
      text: 'A file is read when it has stopped growing. Where the report can write under another name and rename, or write a marker file at the end, let it do so.',
    },
  ];
}
