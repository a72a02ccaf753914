import type { Command } from 'commander';
import type { BodyOf, Tenant } from '#api-client';
import { CliError } from '../cli.errors.js';
import { type ContextOf, show } from '../context.js';
import { ifMatch } from '../if-match.js';
import { collect } from '../key-value.js';
import { renderTable } from '../output/table.js';
import { pairs } from '../output/text.js';
import { wholeNumber } from './options.js';

interface TenantOptions {
  name?: string;
  timeZone?: string;
  delayDays?: number;
  contact?: string[];
}

export function addTenantCommands(program: Command, contextOf: ContextOf): void {
  const tenant = program.command('tenant').description('customers; nothing crosses from one to another');

  tenant
    .command('list')
    .description('the tenants that the key sees')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const page = await context.api.tenants(1000);
      show(context, page, () => {
        const columns = [
          { head: 'Id', value: ({ id }: Tenant) => id },
          { head: 'Name', value: ({ name }: Tenant) => name, flexible: true },
          { head: 'Time zone', value: ({ timeZone }: Tenant) => timeZone },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
      });
    });

  tenant
    .command('create')
    .description('create a tenant (operator)')
    .requiredOption('--name <name>')
    .option('--time-zone <zone>', 'IANA time zone, e.g. Europe/Berlin')
    .option('--delay-days <days>', 'days between the end of access and anonymisation', wholeNumber)
    .option('--contact <address>', 'who is sent its notices; again for each', collect)
    .action(async (options: TenantOptions & { name: string }, command: Command) => {
      const context = contextOf(command);
      const created = await context.api.request('POST', '/v1/tenants', {
        body: { name: options.name, ...toBody(options) },
      });
      show(context, created, () => context.terminal.print(`Tenant ${created.id} is there.`));
    });

  tenant
    .command('show')
    .description('the tenant in use')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const found = await context.api.inTenant('GET', '');
      show(context, found, () =>
        context.terminal.print(
          pairs([
            ['Id', found.id],
            ['Name', found.name],
            ['Time zone', found.timeZone],
            ['Delay', `${String(found.deprovisioningDelayDays)} days`],
            ['Contacts', found.contacts.join(', ') || '–'],
          ]),
        ),
      );
    });

  tenant
    .command('update')
    .description('change the tenant in use')
    .option('--name <name>')
    .option('--time-zone <zone>')
    .option('--delay-days <days>', 'days between the end of access and anonymisation', wholeNumber)
    .option('--contact <address>', 'who is sent its notices; again for each, replaces those that are set', collect)
    .action(async (options: TenantOptions, command: Command) => {
      const context = contextOf(command);
      const body = toBody(options);
      if (Object.keys(body).length === 0)
        throw new CliError('Nothing to change: give --name, --time-zone, --delay-days or --contact.');
      const { revision } = await context.api.inTenant('GET', '');
      const changed = await context.api.inTenant('PATCH', '', { body, headers: ifMatch(revision) });
      show(context, changed, () => context.terminal.print(`Tenant ${changed.id} is changed.`));
    });
}

function toBody({ name, timeZone, delayDays, contact }: TenantOptions): BodyOf<'/v1/tenants/{tenant}', 'PATCH'> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(delayDays === undefined ? {} : { deprovisioningDelayDays: delayDays }),
    ...(contact === undefined ? {} : { contacts: contact }),
  };
}
