import { type Command, Option } from 'commander';
import type { AnswerTo, AttributeValue, User, UserDetail } from '#api-client';
import { CliError } from '../cli.errors.js';
import { type ContextOf, show } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { integrationId } from '../find-integration.js';
import { ifMatch } from '../if-match.js';
import { collectPair, toValue } from '../key-value.js';
import { printHistory, provenanceText } from '../output/user-report.js';
import { renderTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import { momentUtc, pairs, shown } from '../output/text.js';
import { exportCsv, type ExportOptions, outputOption, resumeOption } from './export-csv.js';
import { userStatusOption, wholeNumber } from './options.js';
import { showStarted } from './sync-follow.js';

type EditResult = AnswerTo<'/v1/tenants/{tenant}/users/{user}', 'PATCH'>;

interface ListOptions {
  q?: string;
  status?: User['status'];
  integration?: string;
  filter?: string;
  sort?: string;
  limit: number;
}

export function addUserCommands(program: Command, contextOf: ContextOf): void {
  const user = program.command('user').description('the user directory');

  user
    .command('list')
    .description('users: all, or those that fit')
    .option('--q <text>', 'part of a name or e-mail')
    .addOption(userStatusOption)
    .option('--integration <integration>', 'owned by this integration (id or name)')
    .option('--filter <filter>', 'SCIM’s grammar: department eq "Sales" and custom.level ge 3')
    .option('--sort <attribute>', 'by an attribute; -<attribute> the other way (default: by id)')
    .option('--limit <number>', 'at most so many', wholeNumber, 50)
    .action(async (options: ListOptions, command: Command) => {
      const context = contextOf(command);
      const { integration: wanted, limit, ...rest } = options;
      const integration = await integrationId(context.api, wanted);
      const page = await context.api.list('/users', { query: { ...rest, integration } }, limit);
      show(context, page, () => {
        const columns = [
          { head: 'Id', value: ({ id }: User) => id },
          { head: 'Name', value: ({ attributes }: User) => shown(attributes['fullName']), flexible: true },
          { head: 'E-mail', value: ({ attributes }: User) => shown(attributes['email']), flexible: true },
          { head: 'Status', value: ({ status: present }: User) => present },
          { head: 'Role', value: ({ role }: User) => role },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
        if (page.nextCursor !== null) context.terminal.note('There may be more: --limit <number>, --filter <filter>.');
      });
    });

  user
    .command('export')
    .description('users as CSV, of any number; goes on by itself when the connection drops')
    .option('--q <text>', 'part of a name or e-mail')
    .addOption(userStatusOption)
    .option('--integration <integration>', 'owned by this integration (id or name)')
    .option('--filter <filter>', 'SCIM’s grammar: department eq "Sales"')
    .addOption(new Option('--header <what>', 'what the first row calls attributes').choices(['names', 'labels']))
    .addOption(outputOption)
    .addOption(resumeOption)
    .action(async (options: Omit<ListOptions, 'limit'> & ExportOptions, command: Command) => {
      const context = contextOf(command);
      const { integration: wanted, output: file, resume = false, ...rest } = options;
      const integration = await integrationId(context.api, wanted);
      await exportCsv(context, { path: '/users.csv', query: { ...rest, integration }, file, resume }, 'user');
    });

  user
    .command('show <id>')
    .description('one user and the sources that know them')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const found = await context.api.inTenant('GET', '/users/{user}', { path: { user: id } });
      show(context, found, () => printUser(context.terminal, found));
    });

  user
    .command('history <id>')
    .description('what syncs and people did to a user, newest first, and why')
    .option('--limit <number>', 'at most so many', wholeNumber, 20)
    .action(async (id: string, { limit }: { limit: number }, command: Command) => {
      const context = contextOf(command);
      const page = await context.api.list('/users/{user}/history', { path: { user: id } }, limit);
      show(context, page, () => printHistory(context.terminal, page));
    });

  user
    .command('set <id>')
    .description('change a user by hand')
    .option('--attribute <name=value>', 'nothing after = clears it; again for each', collectPair)
    .addOption(new Option('--role <role>').choices(['regular', 'restricted', 'admin']))
    .addOption(seenVersionOption)
    .action(
      async (
        id: string,
        options: { attribute?: (readonly [string, string])[]; role?: User['role'] } & SeenVersion,
        command: Command,
      ) => {
        const attributes: Record<string, AttributeValue> = {};
        for (const [name, text] of options.attribute ?? []) attributes[name] = toValue(text);
        const body = { attributes, ...(options.role === undefined ? {} : { role: options.role }) };
        const context = contextOf(command);
        const result = await context.api.inTenant('PATCH', '/users/{user}', {
          path: { user: id },
          body,
          headers: ifSeen(options),
        });
        show(context, result, () => printEdit(context.terminal, result));
        requireEnd(result);
      },
    );

  for (const [name, description] of [
    ['deprovision', 'end a user’s access by hand'],
    ['reactivate', 'give a user their access back'],
  ] as const) {
    user
      .command(`${name} <id>`)
      .description(description)
      .addOption(seenVersionOption)
      .action(async (id: string, options: SeenVersion, command: Command) => {
        const context = contextOf(command);
        const result = await context.api.inTenant('POST', `/users/{user}/${name}`, {
          path: { user: id },
          headers: ifSeen(options),
        });
        show(context, result, () => printEdit(context.terminal, result));
        requireEnd(result);
      });
  }

  user
    .command('sync <id>')
    .description('read one user again from the source that owns them: dry, unless --live')
    .option('--live', 'write to the directory')
    .option('--wait', 'follow it to its end')
    .action(async (id: string, { live, wait }: { live?: boolean; wait?: boolean }, command: Command) => {
      const context = contextOf(command);
      const started = await context.api.inTenant('POST', '/users/{user}/sync', {
        path: { user: id },
        body: { mode: live === true ? 'live' : 'dry' },
      });
      await showStarted(context, started, wait === true);
    });
}

const seenVersionOption = new Option(
  '--seen-version <number>',
  'refuse when the user has another version by now (see: muster user show <id>)',
).argParser(wholeNumber);

interface SeenVersion {
  seenVersion?: number;
}

function ifSeen({ seenVersion }: SeenVersion): Record<string, string> {
  return seenVersion === undefined ? {} : ifMatch(seenVersion);
}

function requireEnd({ ended, syncId }: EditResult): void {
  if (ended) return;
  throw new CliError('The change takes longer than five seconds.', exitCodes.attention, [
    `muster sync follow ${syncId}`,
  ]);
}

function printEdit(terminal: Terminal, { ended, user }: EditResult): void {
  if (!ended) return;
  terminal.print(`User ${user.id} is ${user.status}, version ${String(user.version)}.`);
}

function printUser(terminal: Terminal, found: UserDetail): void {
  terminal.print(
    pairs([
      ['Id', found.id],
      [
        'Status',
        found.deactivation === null
          ? found.status
          : `${found.status} since ${momentUtc(found.deactivation.at)} (${found.deactivation.reason}), anonymised after ${momentUtc(found.deactivation.anonymizeAfter)}`,
      ],
      ['Role', found.role],
      ['Version', found.version],
      ['Owner', found.owner],
      ...(found.manager === null ? [] : [['Manager', found.manager.userId ?? 'not found yet'] as const]),
      ...Object.entries(found.attributes).map(
        ([name, value]) => [name, `${shown(value)}${provenanceText(found.provenance[name])}`] as const,
      ),
      ...found.links.map(
        ({ integrationId, sourceId, presence }) => [`Link ${integrationId}`, `${sourceId} (${presence})`] as const,
      ),
    ]),
  );
}
