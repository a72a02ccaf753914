import { type Command, Option } from 'commander';
import type { Attribute } from '#api-client';
import { type ContextOf, show } from '../context.js';
import { renderTable } from '../output/table.js';

interface AttributeOptions {
  type: Attribute['type'];
  label?: string;
  required?: boolean;
  whenBlank?: Attribute['whenBlank'];
  excludeFromCsv?: boolean;
}

export function addAttributeCommands(program: Command, contextOf: ContextOf): void {
  const attribute = program
    .command('attribute')
    .description('what is known of a user: standard attributes and own ones');

  attribute
    .command('list')
    .description('all attributes')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const page = await context.api.inTenant('GET', '/attributes');
      show(context, page, () => {
        const columns = [
          { head: 'Name', value: ({ name }: Attribute) => name },
          { head: 'Label', value: ({ label }: Attribute) => label, flexible: true },
          { head: 'Type', value: ({ type }: Attribute) => type },
          { head: 'Required', value: ({ required }: Attribute) => (required ? 'yes' : '') },
          { head: 'When blank', value: ({ whenBlank }: Attribute) => whenBlank },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
      });
    });

  attribute
    .command('put <name>')
    .description('define an attribute (own ones are called custom.<name>), or change one')
    .addOption(
      new Option('--type <type>').choices(['string', 'number', 'boolean', 'date', 'string[]']).makeOptionMandatory(),
    )
    .option('--label <label>')
    .option('--required', 'a user may never be without it')
    .addOption(
      new Option('--when-blank <what>', 'what a blank value does to one that is there').choices(['clear', 'keep']),
    )
    .option('--exclude-from-csv', 'keep it out of every export')
    .action(async (name: string, options: AttributeOptions, command: Command) => {
      const context = contextOf(command);
      const { type, label, required, whenBlank, excludeFromCsv } = options;
      const body = {
        type,
        ...(label === undefined ? {} : { label }),
        ...(required === undefined ? {} : { required }),
        ...(whenBlank === undefined ? {} : { whenBlank }),
        ...(excludeFromCsv === undefined ? {} : { excludeFromCsvExport: excludeFromCsv }),
      };
      const saved = await context.api.inTenant('PUT', '/attributes/{name}', { path: { name }, body });
      show(context, saved, () =>
        context.terminal.print(`${saved.name} is a ${saved.type}${saved.required ? ', required' : ''}.`),
      );
    });

  attribute
    .command('delete <name>')
    .description('remove an own attribute')
    .action(async (name: string, _options: object, command: Command) => {
      const context = contextOf(command);
      await context.api.inTenant('DELETE', '/attributes/{name}', { path: { name } });
      show(context, { name, deleted: true }, () => context.terminal.print(`${name} is gone.`));
    });
}
