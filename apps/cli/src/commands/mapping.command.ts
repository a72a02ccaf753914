import { type Command, Option } from 'commander';
import type { Attribute, Mapping } from '#api-client';
import { CliError } from '../cli.errors.js';
import { type ContextOf, show } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { findIntegration } from '../find-integration.js';
import { readJson } from '../key-value.js';
import { renderTable } from '../output/table.js';
import { moment, pairs } from '../output/text.js';
import { addMappingTrialCommands } from './mapping-trial.command.js';
import { wholeNumber } from './options.js';

export function addMappingCommands(program: Command, contextOf: ContextOf): void {
  const mapping = program.command('mapping').description('how records become users: numbered sets of expressions');

  mapping
    .command('list [integration]')
    .description('all versions, newest first')
    .action(async (wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const page = await context.api.list('/integrations/{integration}/mappings', { path: { integration: id } }, 200);
      show(context, page, () => {
        const columns = [
          { head: 'Version', value: ({ version }: Mapping) => version, align: 'right' as const },
          { head: 'Active', value: ({ active }: Mapping) => (active ? 'yes' : '') },
          {
            head: 'Attributes',
            value: ({ attributes }: Mapping) => Object.keys(attributes).length,
            align: 'right' as const,
          },
          { head: 'Created (UTC)', value: ({ createdAt }: Mapping) => moment(createdAt) },
          { head: 'By', value: ({ createdBy }: Mapping) => createdBy, flexible: true },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
      });
    });

  mapping
    .command('show')
    .argument('<version>', 'its number', wholeNumber)
    .argument('[integration]', 'id or name')
    .description('the expressions of a version; --json gives what `mapping create --file` takes')
    .action(async (version: number, wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const found = await context.api.inTenant('GET', '/integrations/{integration}/mappings/{version}', {
        path: { integration: id, version },
      });
      const { identity, attributes, scope, restricted } = found;
      show(context, { identity, attributes, scope, restricted }, () => {
        context.terminal.print(pairs([['identity', identity], ...Object.entries(attributes)]));
        if (scope !== null) context.terminal.print(`\nscope       ${scope}`);
        if (restricted !== null)
          context.terminal.print(`\nrestricted  ${restricted.expression} (missing: ${restricted.onMissing})`);
      });
    });

  mapping
    .command('create [integration]')
    .description('save a new version')
    .option('--default', 'the connector’s own')
    .option(
      '--file <file>',
      'a JSON object: attributes, and identity, scope, restricted if wanted; - is standard input',
    )
    .option('--activate', 'use it from now on')
    .action(
      async (
        wanted: string | undefined,
        options: { default?: boolean; file?: string; activate?: boolean },
        command: Command,
      ) => {
        const context = contextOf(command);
        if ((options.default === true) === (options.file !== undefined))
          throw new CliError('Give either --default or --file <file>.');
        const { id } = await findIntegration(context.api, wanted);
        const body = options.file === undefined ? { default: true } : await readJson(options.file);
        let saved = await context.api.inTenant('POST', '/integrations/{integration}/mappings', {
          path: { integration: id },
          body,
        });
        if (options.activate === true) {
          saved = await context.api.inTenant('POST', '/integrations/{integration}/mappings/{version}/activate', {
            path: { integration: id, version: saved.version },
          });
        }
        show(context, saved, () => {
          context.terminal.print(
            `Mapping version ${String(saved.version)} is saved${saved.active ? ' and active' : ''}.`,
          );
          if (!saved.active) context.terminal.note(`Next: muster mapping activate ${String(saved.version)} ${id}`);
        });
      },
    );

  mapping
    .command('activate')
    .argument('<version>', 'its number', wholeNumber)
    .argument('[integration]', 'id or name')
    .description('use a version from now on')
    .action(async (version: number, wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const active = await context.api.inTenant('POST', '/integrations/{integration}/mappings/{version}/activate', {
        path: { integration: id, version },
      });
      show(context, active, () => context.terminal.print(`Mapping version ${String(active.version)} is active.`));
    });

  addMappingTrialCommands(mapping, contextOf);

  program
    .command('evaluate <expression>')
    .description('try an expression on a document or on a record of a sync')
    .option('--payload <file>', 'a JSON object; - is standard input')
    .option('--sync <id>', 'with --seq: a record of this sync')
    .option('--seq <number>', 'the record’s place in its snapshot', wholeNumber)
    .addOption(
      new Option('--type <type>', 'coerce as an attribute of this type').choices([
        'string',
        'number',
        'boolean',
        'date',
        'string[]',
      ]),
    )
    .action(
      async (
        expression: string,
        options: { payload?: string; sync?: string; seq?: number; type?: Attribute['type'] },
        command: Command,
      ) => {
        const context = contextOf(command);
        const { payload, sync, seq, type } = options;
        const body = {
          expression,
          ...(payload === undefined ? {} : { payload: await readJson(payload) }),
          ...(sync === undefined ? {} : { syncId: sync }),
          ...(seq === undefined ? {} : { seq }),
          ...(type === undefined ? {} : { type }),
        };
        const result = await context.api.inTenant('POST', '/expressions/evaluate', { body });
        show(context, result, () => {
          const { value, coerced, problem } = result;
          context.terminal.print(JSON.stringify(coerced === undefined ? value : coerced, null, 2));
          if (problem === undefined) return;
          const at = problem.position === undefined ? '' : `\n${expression}\n${' '.repeat(problem.position)}^`;
          context.terminal.note(`${problem.message}${at}`);
        });
        if (result.problem !== undefined) throw new CliError('', exitCodes.usage);
      },
    );
}
