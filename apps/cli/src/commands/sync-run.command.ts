import { type Command, Option } from 'commander';
import { type ContextOf, show } from '../context.js';
import { findIntegration } from '../find-integration.js';
import { wholeNumber } from './options.js';
import { followToEnd, showStarted } from './sync-follow.js';

interface RunOptions {
  live?: boolean;
  wait?: boolean;
  person?: string;
  replay?: string;
  only?: 'failed';
  reread?: boolean;
  mappingVersion?: number;
}

/** `muster sync run`, `follow` and `cancel`. */
export function addSyncRunCommands(sync: Command, contextOf: ContextOf): void {
  sync
    .command('run [integration]')
    .description('start a sync: dry, unless --live')
    .option('--live', 'write to the directory')
    .option('--wait', 'follow it to its end')
    .option('--person <source id>', 'fetch this one person only')
    .option('--replay <sync>', 'read that sync’s stored snapshot instead of the source')
    .addOption(
      new Option('--only <which>', 'of --replay, or of the newest sync: the records that failed').choices(['failed']),
    )
    .option('--reread', 'read again what was applied before, too: the last file, from the archive if need be')
    .option('--mapping-version <number>', 'instead of the active one', wholeNumber)
    .action(async (wanted: string | undefined, options: RunOptions, command: Command) => {
      const context = contextOf(command);
      const integration = await findIntegration(context.api, wanted);
      const { live, person, replay, only, reread, mappingVersion } = options;
      const started = await context.api.inTenant('POST', '/integrations/{integration}/syncs', {
        path: { integration: integration.id },
        body: {
          mode: live === true ? 'live' : 'dry',
          ...(person === undefined ? {} : { person }),
          ...(replay === undefined ? {} : { replayOfSyncId: replay }),
          ...(only === undefined ? {} : { only }),
          ...(reread === true ? { reread } : {}),
          ...(mappingVersion === undefined ? {} : { mappingVersion }),
        },
      });
      await showStarted(context, started, options.wait === true);
    });

  sync
    .command('follow <sync>')
    .description('watch a sync to its end')
    .action(async (id: string, _options: object, command: Command) => followToEnd(contextOf(command), id));

  sync
    .command('cancel <sync>')
    .description('stop a sync; what is being written at this moment is finished')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const cancelled = await context.api.inTenant('POST', '/syncs/{sync}/cancel', { path: { sync: id } });
      show(context, cancelled, () => context.terminal.print(`Sync ${id} is asked to stop.`));
    });
}
