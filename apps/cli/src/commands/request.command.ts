import { type Command, Option } from 'commander';
import type { BodyOf, IntegrationRequest } from '#api-client';
import { CliError } from '../cli.errors.js';
import { type ContextOf, show } from '../context.js';
import { integrationId } from '../find-integration.js';
import { ifMatch } from '../if-match.js';
import { collect } from '../key-value.js';
import { renderTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import { moment, pairs } from '../output/text.js';
import { wholeNumber } from './options.js';

interface WantedOptions {
  source?: string;
  docs?: string;
  authentication?: string;
  payload?: string;
  field?: string[];
  volume?: string;
  frequency?: string;
  connectivity?: string;
  note?: string;
}

type AllWanted = WantedOptions &
  Required<Pick<WantedOptions, 'source' | 'authentication' | 'payload' | 'volume' | 'frequency' | 'connectivity'>>;

interface MoveOptions {
  integration?: string;
  comment?: string;
}

const ofRequest = '/integration-requests/{request}';

export function addRequestCommands(program: Command, contextOf: ContextOf): void {
  const request = program.command('request').description('wishes for integrations that somebody has to build first');

  request
    .command('list')
    .description('requests, newest first')
    .addOption(
      new Option('--state <state>').choices(['requested', 'scoped', 'deployed', 'live', 'declined', 'withdrawn']),
    )
    .option('--limit <number>', 'at most so many', wholeNumber, 50)
    .action(async ({ limit, state }: { limit: number; state?: IntegrationRequest['state'] }, command: Command) => {
      const context = contextOf(command);
      const page = await context.api.list('/integration-requests', { query: { state } }, limit);
      show(context, page, () => {
        const columns = [
          { head: 'Id', value: ({ id }: IntegrationRequest) => id },
          { head: 'Source', value: ({ sourceSystem }: IntegrationRequest) => sourceSystem, flexible: true },
          { head: 'State', value: ({ state: reached }: IntegrationRequest) => reached },
          { head: 'Since (UTC)', value: ({ steps }: IntegrationRequest) => moment(steps.at(-1)?.at ?? null) },
          { head: 'Integration', value: ({ integrationId }: IntegrationRequest) => integrationId },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
        if (page.nextCursor !== null) context.terminal.note('There are more: --limit <number>.');
      });
    });

  request
    .command('show <request>')
    .description('what is asked for, and who brought it how far')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const found = await context.api.inTenant('GET', ofRequest, { path: { request: id } });
      show(context, found, () => printRequest(context.terminal, found));
    });

  withWanted(request.command('create').description('ask for an integration'), true).action(
    async (options: AllWanted, command: Command) => {
      const context = contextOf(command);
      const made = await context.api.inTenant('POST', '/integration-requests', {
        body: {
          sourceSystem: options.source,
          authentication: options.authentication,
          payloadShape: options.payload,
          wantedFields: [],
          volume: options.volume,
          frequency: options.frequency,
          connectivity: options.connectivity,
          ...toBody(options),
        },
      });
      show(context, made, () => context.terminal.print(`Request ${made.id} is there.`));
    },
  );

  withWanted(
    request.command('update <request>').description('change what is asked for, before it is scoped'),
    false,
  ).action(async (id: string, options: WantedOptions, command: Command) => {
    const context = contextOf(command);
    const body = toBody(options);
    if (Object.keys(body).length === 0) throw new CliError('Nothing to change: see muster request update --help.');
    const { revision } = await context.api.inTenant('GET', ofRequest, { path: { request: id } });
    const changed = await context.api.inTenant('PATCH', ofRequest, {
      path: { request: id },
      body,
      headers: ifMatch(revision),
    });
    show(context, changed, () => context.terminal.print(`Request ${changed.id} is changed.`));
  });

  request
    .command('move <request> <state>')
    .description('bring it to scoped or deployed, or decline it (operator)')
    .option('--integration <integration>', 'with deployed: the one that was made for it, by id or name')
    .option('--comment <text>')
    .action(async (id: string, state: string, { integration, comment }: MoveOptions, command: Command) => {
      const context = contextOf(command);
      const { revision } = await context.api.inTenant('GET', ofRequest, { path: { request: id } });
      const made = await integrationId(context.api, integration);
      const moved = await context.api.inTenant('POST', `${ofRequest}/move`, {
        path: { request: id },
        body: {
          to: state as 'scoped' | 'deployed' | 'declined',
          ...(made === undefined ? {} : { integrationId: made }),
          ...(comment === undefined ? {} : { comment }),
        },
        headers: ifMatch(revision),
      });
      show(context, moved, () => context.terminal.print(`Request ${moved.id} is ${moved.state}.`));
    });

  request
    .command('withdraw <request>')
    .description('take it back, before it is deployed')
    .option('--comment <text>')
    .action(async (id: string, { comment }: MoveOptions, command: Command) => {
      const context = contextOf(command);
      const { revision } = await context.api.inTenant('GET', ofRequest, { path: { request: id } });
      const moved = await context.api.inTenant('POST', `${ofRequest}/withdraw`, {
        path: { request: id },
        body: comment === undefined ? {} : { comment },
        headers: ifMatch(revision),
      });
      show(context, moved, () => context.terminal.print(`Request ${moved.id} is withdrawn.`));
    });
}

function withWanted(command: Command, all: boolean): Command {
  const options = [
    new Option('--source <name>', 'the system that people come from'),
    new Option('--authentication <text>', 'how a program authenticates to it'),
    new Option('--payload <text>', 'what its answers or files look like'),
    new Option('--volume <text>', 'how many people, roughly'),
    new Option('--frequency <text>', 'how often it is to be read'),
    new Option('--connectivity <text>', 'how it is reached'),
  ];
  for (const option of options) command.addOption(option.makeOptionMandatory(all));
  return command
    .option('--docs <url>', 'where its API is documented')
    .option('--field <name>', 'a field that users are to have; again for each', collect)
    .option('--note <text>', 'whatever else helps; no personal data');
}

function toBody({
  source,
  docs,
  authentication,
  payload,
  field,
  volume,
  frequency,
  connectivity,
  note,
}: WantedOptions): BodyOf<'/v1/tenants/{tenant}/integration-requests/{request}', 'PATCH'> {
  return {
    ...(source === undefined ? {} : { sourceSystem: source }),
    ...(docs === undefined ? {} : { documentationUrl: docs }),
    ...(authentication === undefined ? {} : { authentication }),
    ...(payload === undefined ? {} : { payloadShape: payload }),
    ...(field === undefined ? {} : { wantedFields: field }),
    ...(volume === undefined ? {} : { volume }),
    ...(frequency === undefined ? {} : { frequency }),
    ...(connectivity === undefined ? {} : { connectivity }),
    ...(note === undefined ? {} : { note }),
  };
}

function printRequest(terminal: Terminal, request: IntegrationRequest): void {
  terminal.print(
    pairs([
      ['Id', request.id],
      ['Source', request.sourceSystem],
      ['State', request.state],
      ['Integration', request.integrationId],
      ['Documentation', request.documentationUrl],
      ['Authentication', request.authentication],
      ['Payload', request.payloadShape],
      ['Fields', request.wantedFields.join(', ')],
      ['Volume', request.volume],
      ['Frequency', request.frequency],
      ['Connectivity', request.connectivity],
      ['Note', request.note],
    ]),
  );
  const columns = [
    { head: 'When (UTC)', value: ({ at }: Step) => moment(at) },
    { head: 'State', value: ({ state }: Step) => state },
    { head: 'By', value: ({ by }: Step) => by },
    { head: 'Comment', value: ({ comment }: Step) => comment, flexible: true },
  ];
  terminal.print(`\n${renderTable(terminal, columns, request.steps)}`);
}

type Step = IntegrationRequest['steps'][number];
