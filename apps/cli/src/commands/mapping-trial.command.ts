import type { Command } from 'commander';
import type { AnswerTo } from '#api-client';
import { CliError } from '../cli.errors.js';
import { type ContextOf, show } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { findIntegration } from '../find-integration.js';
import { readJson } from '../key-value.js';
import { renderTable } from '../output/table.js';
import { Terminal } from '../output/terminal.js';
import { pairs } from '../output/text.js';
import { wholeNumber } from './options.js';
import { followToEnd } from './sync-follow.js';

type TriedAttribute = AnswerTo<
  '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/evaluate',
  'POST'
>['attributes'][number];

interface TryOptions {
  payload?: string;
  sync?: string;
  seq?: number;
}

/** `muster mapping try`, `diff` and `impact`. */
export function addMappingTrialCommands(mapping: Command, contextOf: ContextOf): void {
  mapping
    .command('try')
    .argument('<version>', 'its number', wholeNumber)
    .argument('[integration]', 'id or name')
    .description('what a version makes of one record, attribute by attribute')
    .option('--payload <file>', 'a JSON object; - is standard input')
    .option('--sync <id>', 'with --seq: a record of this sync')
    .option('--seq <number>', 'the record’s place in its snapshot', wholeNumber)
    .action(async (version: number, wanted: string | undefined, options: TryOptions, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const { payload, sync, seq } = options;
      const body = {
        ...(payload === undefined ? {} : { payload: await readJson(payload) }),
        ...(sync === undefined ? {} : { syncId: sync }),
        ...(seq === undefined ? {} : { seq }),
      };
      const trial = await context.api.inTenant('POST', '/integrations/{integration}/mappings/{version}/evaluate', {
        path: { integration: id, version },
        body,
      });
      show(context, trial, () => {
        const { terminal } = context;
        terminal.print(
          pairs([
            ['Source id', trial.sourceId],
            ['In scope', trial.inScope ? 'yes' : 'no'],
            ['Restricted', trial.restricted === null ? null : trial.restricted ? 'yes' : 'no'],
          ]),
        );
        const columns = [
          { head: 'Attribute', value: ({ name }: TriedAttribute) => name },
          { head: 'Value', value: ({ value }: TriedAttribute) => JSON.stringify(value) },
          { head: 'Expression', value: (row: TriedAttribute) => row.expression, flexible: true },
        ];
        terminal.print(`\n${renderTable(terminal, columns, trial.attributes)}`);
        for (const { attribute, message } of trial.problems) terminal.note(Terminal.clean(`${attribute}: ${message}`));
      });
      if (trial.problems.length > 0) throw new CliError('', exitCodes.usage);
    });

  mapping
    .command('diff')
    .argument('<version>', 'its number', wholeNumber)
    .argument('<other>', 'the other one’s', wholeNumber)
    .argument('[integration]', 'id or name')
    .description('what another version does otherwise')
    .action(async (version: number, other: number, wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const diff = await context.api.inTenant('GET', '/integrations/{integration}/mappings/{version}/diff/{other}', {
        path: { integration: id, version, other },
      });
      show(context, diff, () => {
        const { terminal } = context;
        if (diff.changes.length === 0) terminal.print('Both say the same.');
        for (const { field, before, after } of diff.changes) {
          terminal.print(terminal.style('bold', field));
          if (before !== null) terminal.print(terminal.style('red', Terminal.clean(`- ${before}`)));
          if (after !== null) terminal.print(terminal.style('green', Terminal.clean(`+ ${after}`)));
        }
      });
    });

  mapping
    .command('impact')
    .argument('<version>', 'its number', wholeNumber)
    .argument('[integration]', 'id or name')
    .description('whom a version would change: a dry replay of the newest complete snapshot')
    .option('--wait', 'follow it to its end')
    .action(async (version: number, wanted: string | undefined, options: { wait?: boolean }, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const started = await context.api.inTenant('POST', '/integrations/{integration}/mappings/{version}/impact', {
        path: { integration: id, version },
      });
      if (options.wait === true) {
        await followToEnd(context, started.id);
        return;
      }
      show(context, started, () => {
        context.terminal.print(`Dry sync ${started.id} is queued.`);
        context.terminal.note(`Next: muster sync follow ${started.id}`);
      });
    });
}
