import type { Command } from 'commander';
import type { Connector, ConnectorDetail, JsonSchema, Page } from '../api/api-types.js';
import { type ContextOf, show } from '../context.js';
import { renderTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import { pairs } from '../output/text.js';

export function addConnectorCommands(program: Command, contextOf: ContextOf): void {
  const connector = program.command('connector').description('the kinds of sources that can be connected');

  connector
    .command('list')
    .description('all kinds')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const page = await context.api.request<Page<Connector>>('GET', '/v1/connectors');
      show(context, page, () => {
        const columns = [
          { head: 'Id', value: ({ id }: Connector) => id },
          { head: 'Title', value: ({ title }: Connector) => title },
          { head: 'Description', value: ({ description }: Connector) => description, flexible: true },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
      });
    });

  connector
    .command('show <id>')
    .description('its settings, secrets and default mapping')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const found = await context.api.request<ConnectorDetail>('GET', `/v1/connectors/${encodeURIComponent(id)}`);
      show(context, found, () => {
        const { terminal } = context;
        terminal.print(`${terminal.style('bold', found.title)}  ${found.description}\n`);
        terminal.print(settingsTable(terminal, 'Setting', found.config));
        terminal.print(`\n${settingsTable(terminal, 'Secret', found.secrets)}`);
        terminal.print(
          `\n${terminal.style('bold', 'Default mapping')}\n${pairs(Object.entries(found.defaultMapping.attributes))}`,
        );
      });
    });
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
