import type { InboxUse } from '#connector-sdk';
import { parseFilePattern } from '../file-pattern.js';
import { besideOf } from '../find-files.js';
import type { CsvInboxConfig } from './csv-inbox.settings.js';
import { inboxPath } from './inbox-folder.js';
import { nextDelivery } from './next-delivery.js';

/** What may be sent: into the folder of the reports, whatever it is called on its way; named are those that are read. */
export function inboxUse(config: CsvInboxConfig): InboxUse {
  const { folder, stampOf } = parseFilePattern(config.path);
  const place = inboxPath(folder);
  const suffixes = besideOf('', config);
  return {
    folders: [place],
    archives: [inboxPath(`${place}/${config.archiveFolder}`)],
    publicKeys: config.publicKeys,
    ...(config.syncOnArrival
      ? {
          arrivals: {
            folder: place,
            pauseSeconds: config.arrivalPauseSeconds,
            next: (entries, state) => nextDelivery(entries, config, state),
          },
        }
      : {}),
    isExpected: (path) => {
      const slash = path.lastIndexOf('/');
      const name = path.slice(slash + 1);
      const isThere = (slash < 0 ? '.' : path.slice(0, slash)) === place;
      const beside = suffixes.find((suffix) => name.endsWith(suffix)) ?? '';
      return isThere && (stampOf(name) ?? stampOf(name.slice(0, name.length - beside.length))) !== null;
    },
  };
}
