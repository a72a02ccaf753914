import type { Command } from 'commander';
import type { ConnectorSummary } from '#api-client';
import { type ContextOf, show } from '../context.js';
import type { JsonSchema } from '../json-schema.js';
import { renderTable } from '../output/table.js';
import { addConnectorAuthorCommands, type LocalCommands } from './connector-author.command.js';
import type { Terminal } from '../output/terminal.js';
import { pairs } from '../output/text.js';

const kinds: Record<ConnectorSummary['traits']['kind'], string> = { outOfTheBox: 'out of the box', custom: 'custom' };

export function addConnectorCommands(program: Command, contextOf: ContextOf, local: LocalCommands): void {
  const connector = program.command('connector').description('the kinds of sources that can be connected');

  connector
    .command('list')
    .description('all kinds')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const page = await context.api.request('GET', '/v1/connectors');
      show(context, page, () => {
        const columns = [
          { head: 'Id', value: ({ id }: ConnectorSummary) => id },
          { head: 'Title', value: ({ title }: ConnectorSummary) => title },
          { head: 'Kind', value: ({ traits }: ConnectorSummary) => kinds[traits.kind] },
          { head: 'Set-up', value: ({ traits }: ConnectorSummary) => traits.setupEffort.level },
          { head: 'One person', value: ({ traits }: ConnectorSummary) => (traits.personSync.supported ? 'yes' : '') },
          { head: 'Proof', value: ({ traits }: ConnectorSummary) => traits.wholeness.evidence },
          { head: 'Description', value: ({ description }: ConnectorSummary) => description, flexible: true },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
      });
    });

  addConnectorAuthorCommands(connector, local);

  connector
    .command('show <id>')
    .description('what it is like to use, its settings, secrets and default mapping')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const found = await context.api.request('GET', '/v1/connectors/{connector}', { path: { connector: id } });
      show(context, found, () => {
        const { terminal } = context;
        terminal.print(`${terminal.style('bold', found.title)}  ${found.description}\n`);
        terminal.print(`${traitLines(found)}\n`);
        terminal.print(settingsTable(terminal, 'Setting', found.config));
        terminal.print(`\n${settingsTable(terminal, 'Secret', found.secrets)}`);
        terminal.print(
          `\n${terminal.style('bold', 'Default mapping')}\n${pairs(Object.entries(found.defaultMapping.attributes))}`,
        );
      });
    });
}

function traitLines({ traits }: ConnectorSummary): string {
  const { kind, setupEffort, mapping, restrictedRole, personSync, rateBudget, wholeness } = traits;
  return pairs([
    ['kind', kinds[kind]],
    ['set-up effort', `${setupEffort.level}: ${setupEffort.text}`],
    ['mapping', mapping.text],
    ['restricted role', restrictedRole.text],
    ['one person', personSync.text],
    ['rate budget', rateBudget.text],
    ['wholeness', wholeness.text],
  ]);
}

function settingsTable(terminal: Terminal, head: string, { properties = {}, required = [] }: JsonSchema): string {
  const rows = Object.entries(properties).map(([name, property]) => ({ name, ...property }));
  return renderTable(
    terminal,
    [
      { head, value: ({ name }) => name },
      { head: 'Type', value: ({ type }) => type ?? '' },
      {
        head: 'Default',
        value: (row) =>
          row.default === undefined ? (required.includes(row.name) ? 'required' : '') : JSON.stringify(row.default),
      },
      { head: 'Meaning', value: ({ description }) => description ?? '', flexible: true },
    ],
    rows,
  );
}
