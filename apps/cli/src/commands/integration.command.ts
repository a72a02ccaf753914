import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import type { BodyOf, ConnectionCheck, Integration, RateBudget } from '#api-client';
import { CliError } from '../cli.errors.js';
import { type CommandContext, type ContextOf, show } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { findIntegration } from '../find-integration.js';
import { ifMatch } from '../if-match.js';
import { collect, collectPair, readJson, type SettingValue, toSettings } from '../key-value.js';
import { printCheckSteps } from '../output/check-steps.js';
import { renderTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import { moment, momentUtc, pairs } from '../output/text.js';
import { type RateBudgetOption, rateBudgetPairs, toRateBudgetBody, withRateBudget } from '../rate-budget-options.js';
import { schedulePairs, type ScheduleOptions, toScheduleBody, withSchedule } from '../schedule-options.js';
import { addIntegrationFieldsCommand } from './integration-fields.command.js';
import { addIntegrationRateBudgetCommand } from './integration-rate-budget.command.js';
import { addIntegrationRequestsCommands } from './integration-requests.command.js';
import { addIntegrationSetupCommand } from './integration-setup.command.js';

type Pairs = (readonly [string, string])[];

interface SettingsOptions extends ScheduleOptions {
  name?: string;
  config?: Pairs;
  configFile?: string;
  secret?: Pairs;
  secretsFile?: string;
  precedence?: Integration['precedence'];
  onLeavingScope?: Integration['onLeavingScope'];
  standing?: Integration['standing'];
  contact?: string[];
  safeguard?: Pairs;
  rateBudget?: RateBudgetOption;
}

const checkPatienceMs = 120_000;

export function addIntegrationCommands(program: Command, contextOf: ContextOf): void {
  const integration = program.command('integration').description('sources that people come from');

  integration
    .command('list')
    .description('all integrations of the tenant')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const page = await context.api.list('/integrations', {}, 1000);
      show(context, page, () => {
        const columns = [
          { head: 'Id', value: ({ id }: Integration) => id },
          { head: 'Name', value: ({ name }: Integration) => name, flexible: true },
          { head: 'Connector', value: ({ connectorId }: Integration) => connectorId },
          { head: 'Standing', value: standingText },
          {
            head: 'Mapping',
            value: ({ activeMappingVersion }: Integration) => activeMappingVersion,
            align: 'right' as const,
          },
          { head: 'Next run (UTC)', value: ({ schedule }: Integration) => schedule && moment(schedule.nextRunAt) },
          {
            head: 'Last sync (UTC)',
            value: ({ lastSync }: Integration) =>
              lastSync === null ? null : `${lastSync.mode} ${lastSync.state} ${moment(lastSync.createdAt)}`,
          },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
      });
    });

  integration
    .command('show [integration]')
    .description('one integration, by id or name')
    .action(async (wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const found = await findIntegration(context.api, wanted);
      // As JSON an integration is what the API has of it; where its budget stands is another resource.
      const budget = context.json ? null : await rateBudgetOf(context, found);
      show(context, found, () => printIntegration(context.terminal, found, budget));
    });

  withSettings(
    integration
      .command('create')
      .description('connect a source')
      .requiredOption('--connector <id>', 'see: muster connector list')
      .requiredOption('--name <name>'),
  ).action(async (options: SettingsOptions & { connector: string; name: string }, command: Command) => {
    const context = contextOf(command);
    const body = await toBody(context, options.connector, options, null);
    const created = await context.api.inTenant('POST', '/integrations', {
      body: { config: {}, secrets: {}, ...body, name: options.name, connectorId: options.connector },
    });
    show(context, created, () => {
      context.terminal.print(`Integration ${created.id} is there.`);
      context.terminal.note(
        `Next:\n  muster integration check ${created.id}\n  muster mapping create ${created.id} --default --activate\n  muster sync run ${created.id} --wait`,
      );
    });
  });

  withSettings(
    integration
      .command('update [integration]')
      .description('change settings; those left out stay')
      .option('--name <name>')
      .option('--enable')
      .option('--disable'),
  ).action(
    async (
      wanted: string | undefined,
      options: SettingsOptions & { enable?: boolean; disable?: boolean },
      command: Command,
    ) => {
      const context = contextOf(command);
      const found = await findIntegration(context.api, wanted);
      const body = {
        ...(await toBody(context, found.connectorId, options, found)),
        ...(options.enable === true ? { enabled: true } : {}),
        ...(options.disable === true ? { enabled: false } : {}),
      };
      if (Object.keys(body).length === 0)
        throw new CliError('Nothing to change: see muster integration update --help.');
      const changed = await context.api.inTenant('PATCH', '/integrations/{integration}', {
        path: { integration: found.id },
        body,
        headers: ifMatch(found.revision),
      });
      show(context, changed, () =>
        context.terminal.print(`Integration ${changed.id} is changed (revision ${String(changed.revision)}).`),
      );
    },
  );

  integration
    .command('resume [integration]')
    .description('let it run by itself again after an undo')
    .action(async (wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const found = await findIntegration(context.api, wanted);
      if (found.paused === null) {
        show(context, found, () => context.terminal.print(`Integration ${found.id} is not paused.`));
        return;
      }
      const resumed = await context.api.inTenant('PATCH', '/integrations/{integration}', {
        path: { integration: found.id },
        body: { paused: false },
        headers: ifMatch(found.revision),
      });
      show(context, resumed, () => {
        const { schedule } = resumed;
        const next = schedule === null ? '' : ` Next run: ${momentUtc(schedule.nextRunAt)}.`;
        context.terminal.print(`Integration ${resumed.id} runs by itself again.${next}`);
      });
    });

  integration
    .command('check [integration]')
    .description('try the source step by step; nobody is changed')
    .action(async (wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const found = await findIntegration(context.api, wanted);
      const check = await runCheck(context, found.id);
      show(context, check, () => {
        printCheckSteps(context.terminal, check.steps);
      });
      if (check.ok !== true) throw new CliError('The check found something wrong.', exitCodes.ended, []);
    });

  addIntegrationFieldsCommand(integration, contextOf);
  addIntegrationRateBudgetCommand(integration, contextOf);
  addIntegrationRequestsCommands(integration, contextOf);
  addIntegrationSetupCommand(integration, contextOf);
}

async function runCheck({ api }: CommandContext, id: string): Promise<ConnectionCheck> {
  let check = await api.inTenant('POST', '/integrations/{integration}/check', { path: { integration: id } });
  const deadline = performance.now() + checkPatienceMs;
  while (check.finishedAt === null) {
    if (performance.now() > deadline) {
      throw new CliError(`Check ${check.id} has no answer after two minutes.`, exitCodes.ended, [
        'Is the role fetcher running? Look at /readyz.',
      ]);
    }
    await sleep(500);
    check = await api.inTenant('GET', '/integrations/{integration}/checks/{check}', {
      path: { integration: id, check: check.id },
    });
  }
  return check;
}

function withSettings(command: Command): Command {
  return withRateBudget(withSchedule(command))
    .option(
      '--config <key=value>',
      'a setting; again for each, and for each item of a list (see: muster connector show <id>)',
      collectPair,
    )
    .option('--config-file <file>', 'all settings as a JSON object')
    .option('--secret <key=value>', 'a secret; key=@file reads it from a file, key= takes it away', collectPair)
    .option('--secrets-file <file>', 'all secrets as a JSON object; - is standard input')
    .addOption(new Option('--precedence <which>').choices(['primary', 'secondary']))
    .addOption(new Option('--on-leaving-scope <what>').choices(['deprovision', 'keep']))
    .addOption(new Option('--standing <standing>', 'live takes an operator').choices(['observe', 'live']))
    .option('--contact <address>', 'who looks after it; again for each, replaces those that are set', collect)
    .option('--safeguard <rule=share>', 'e.g. failures=0.5; again for each', collectPair);
}

async function toBody(
  { api }: CommandContext,
  connectorId: string,
  options: SettingsOptions,
  present: Integration | null,
): Promise<BodyOf<'/v1/tenants/{tenant}/integrations/{integration}', 'PATCH'>> {
  const { name, config, configFile, secret, secretsFile, precedence, onLeavingScope, standing, contact, safeguard } =
    options;
  const { rateBudget } = options;
  const connector =
    config === undefined && secret === undefined
      ? { config: {}, secrets: {} }
      : await api.request('GET', '/v1/connectors/{connector}', { path: { connector: connectorId } });
  const settings = {
    ...(configFile === undefined ? present?.config : await readJson(configFile)),
    ...(await toSettings(config ?? [], connector.config)),
  };
  const secrets = {
    ...(secretsFile === undefined ? {} : await readJson(secretsFile)),
    ...withoutBlank(await toSettings(secret ?? [], connector.secrets)),
  };
  const schedule = toScheduleBody(options, present?.schedule ?? null);
  return {
    ...(name === undefined ? {} : { name }),
    ...(config === undefined && configFile === undefined ? {} : { config: settings }),
    ...(secret === undefined && secretsFile === undefined ? {} : { secrets }),
    ...(precedence === undefined ? {} : { precedence }),
    ...(onLeavingScope === undefined ? {} : { onLeavingScope }),
    ...(standing === undefined ? {} : { standing }),
    ...(contact === undefined ? {} : { contacts: contact }),
    ...(schedule === undefined ? {} : { schedule }),
    ...(rateBudget === undefined ? {} : { rateBudget: toRateBudgetBody(rateBudget) }),
    ...(safeguard === undefined
      ? {}
      : { safeguards: Object.fromEntries(safeguard.map(([rule, share]) => [rule, toShare(rule, share)])) }),
  };
}

/** Nothing after `=` takes a secret away. */
function withoutBlank(secrets: Record<string, SettingValue>): Record<string, SettingValue | null> {
  return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, value === '' ? null : value]));
}

/** Whether it runs by itself, and how. */
export function standingText({ enabled, paused, standing }: Integration): string {
  if (!enabled) return 'disabled';
  return paused === null ? standing : `${standing}, paused`;
}

function pausePairs({ id, paused }: Integration): (readonly [string, string])[] {
  if (paused === null) return [];
  return [
    ['Paused', `since ${momentUtc(paused.at)}, for ${paused.syncId}`],
    ['Resume', `muster integration resume ${id}`],
  ];
}

async function rateBudgetOf({ api }: CommandContext, { id }: Integration): Promise<RateBudget> {
  return api.inTenant('GET', '/integrations/{integration}/rate-budget', { path: { integration: id } });
}

function printIntegration(terminal: Terminal, found: Integration, budget: RateBudget | null): void {
  terminal.print(
    pairs([
      ['Id', found.id],
      ['Name', found.name],
      ['Connector', found.connectorId],
      ['Standing', found.enabled ? found.standing : `${found.standing}, disabled`],
      ...pausePairs(found),
      ['Precedence', found.precedence],
      ['On leaving scope', found.onLeavingScope],
      ['Contacts', found.contacts.join(', ')],
      ['Active mapping', found.activeMappingVersion],
      ...schedulePairs(found.schedule),
      ...(budget === null ? [] : rateBudgetPairs(budget)),
      ['Secrets set', found.secretsSet.join(', ')],
      ['Revision', found.revision],
      [
        'Last sync',
        found.lastSync === null ? null : `${found.lastSync.id} (${found.lastSync.mode}, ${found.lastSync.state})`,
      ],
    ]),
  );
  terminal.print(
    `\n${pairs(Object.entries(found.config).map(([name, value]) => [name, JSON.stringify(value)] as const))}`,
  );
  terminal.print(
    `\nSafeguards: ${Object.entries(found.safeguards)
      .map(([rule, share]) => `${rule} ${String(Math.round(share * 1000) / 10)} %`)
      .join(', ')}`,
  );
}

function toShare(rule: string, text: string): number {
  if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  throw new CliError(`--safeguard ${rule}=${text}: a share from 0 to 1 is expected.`);
}
