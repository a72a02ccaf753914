import { createRequire } from 'node:module';
import { Command, CommanderError, Option } from 'commander';
import { ApiProblem } from './api/problem.js';
import { CliError } from './cli.errors.js';
import { addAttributeCommands } from './commands/attribute.command.js';
import { addAuditCommands } from './commands/audit.command.js';
import { addCompletionCommand } from './commands/completion.command.js';
import { addConnectorCommands } from './commands/connector.command.js';
import { addIntegrationCommands } from './commands/integration.command.js';
import { addKeyCommands } from './commands/key.command.js';
import { addMappingCommands } from './commands/mapping.command.js';
import { addNoticeCommands } from './commands/notice.command.js';
import { addPersonCommands } from './commands/person.command.js';
import { addProfileCommands } from './commands/profile.command.js';
import { addReportCommands } from './commands/report.command.js';
import { addRequestCommands } from './commands/request.command.js';
import { addKeyPairCommands } from './commands/key-pair.command.js';
import { addScimTokenCommands } from './commands/scim-token.command.js';
import { addSettingsCommands } from './commands/settings.command.js';
import { addSyncCommands } from './commands/sync.command.js';
import { addStatusCommand } from './commands/status.command.js';
import { addTenantCommands } from './commands/tenant.command.js';
import { addUserCommands } from './commands/user.command.js';
import { addWebhookCommands } from './commands/webhook.command.js';
import { contextFor, type Environment, shownFor } from './context.js';
import { type ExitCode, exitCodes, exitCodesHelp } from './exit-codes.js';
import { hints } from './output/hints.js';
import { Terminal } from './output/terminal.js';
import { variables } from './profiles/connection.js';
import { ProfileStore } from './profiles/profile-store.js';

/**
 * Runs one command line and gives its exit code. Never throws. Variables that stand for options are read from the process,
 * all others from `env`.
 */
export async function run(args: readonly string[], terminal: Terminal, env: Environment = {}): Promise<ExitCode> {
  const program = createProgram(terminal, env);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    return report(error, terminal, args.includes('--json'));
  }
}

/** All commands; see {@link run}. */
export function createProgram(terminal: Terminal, env: Environment = {}): Command {
  const program = new Command('muster')
    .description('People data from any source into one user directory; every sync is a plan first.')
    .version(ownVersion(), '--version', 'which Muster this is')
    .addOption(new Option('--url <address>', 'where Muster is').env(variables.url).default('http://127.0.0.1:8080'))
    .addOption(
      new Option('--api-key <key>', 'better in the environment or a profile, where no other process sees it').env(
        variables.apiKey,
      ),
    )
    .addOption(new Option('--tenant <tenant>', 'id or name; not needed where there is one').env(variables.tenant))
    .addOption(
      new Option(
        '--profile <name>',
        'address, key and tenant that are not given otherwise (see: muster profile list)',
      ).env(variables.profile),
    )
    .option('--json', 'results as JSON')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text),
    })
    .showSuggestionAfterError()
    .addHelpText('after', `\n${exitCodesHelp}`);
  const profiles = ProfileStore.of(env);
  const contextOf = contextFor(terminal, profiles, env);
  addSyncCommands(program, contextOf);
  addIntegrationCommands(program, contextOf);
  addRequestCommands(program, contextOf);
  addNoticeCommands(program, contextOf);
  addWebhookCommands(program, contextOf);
  addMappingCommands(program, contextOf);
  addUserCommands(program, contextOf);
  addPersonCommands(program, contextOf);
  addReportCommands(program, contextOf);
  addAttributeCommands(program, contextOf);
  addTenantCommands(program, contextOf);
  addKeyCommands(program, contextOf);
  addKeyPairCommands(program, contextOf);
  addScimTokenCommands(program, contextOf);
  addConnectorCommands(program, contextOf, { shownOf: shownFor(terminal), env });
  addAuditCommands(program, contextOf);
  addStatusCommand(program, contextOf);
  addSettingsCommands(program, contextOf);
  addProfileCommands(program, shownFor(terminal), profiles);
  addCompletionCommand(program, shownFor(terminal));
  return program;
}

function report(error: unknown, terminal: Terminal, json: boolean): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof ApiProblem) {
    if (json) terminal.note(JSON.stringify(error.problem, null, 2));
    else reportProblem(error, terminal);
    return error.exitCode;
  }
  if (error instanceof CliError) {
    if (error.message === '') return error.exitCode;
    if (json) terminal.note(JSON.stringify({ error: error.message, next: error.next }, null, 2));
    else terminal.note([error.message, ...error.next.map((step) => `  ${step}`)].join('\n'));
    return error.exitCode;
  }
  terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.fault;
}

function reportProblem({ problem }: ApiProblem, terminal: Terminal): void {
  terminal.note(Terminal.clean(problem.title === '' ? problem.detail : `${problem.title}. ${problem.detail}`));
  for (const { pointer, parameter, message, position } of problem.errors) {
    const field = parameter ?? pointer ?? '';
    const place = position === undefined ? '' : ` (at character ${String(position)})`;
    terminal.note(Terminal.clean(`  ${field === '' ? 'body' : field}${place}: ${message}`));
  }
  for (const step of hints(problem)) terminal.note(`  ${step}`);
  if (problem.status >= 500 && problem.instance !== '') terminal.note(`  ${problem.instance}`);
}

function ownVersion(): string {
  return (createRequire(import.meta.url)('muster/package.json') as { version: string }).version;
}
