import { Writable } from 'node:stream';
import type { Command, Option } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { Terminal } from '../output/terminal.js';
import { createProgram } from '../program.js';

/** `docs/reference/cli.md`. */
export function cliPage(): string {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const program = createProgram(new Terminal(nowhere, nowhere));
  const groups = program.commands.filter(isShown);
  return `# The command line

<!-- Generated from the commands of apps/cli: change them there, then \`npm run docs:reference\`. -->

In a checkout: \`npm run muster -- <command>\`. Every command takes these options:

${options(program)}

${groups.map((group) => [`## muster ${group.name()}`, `${group.description()}.`, ...leaves(group).map(section)].join('\n\n')).join('\n\n')}

## Exit codes

${exitCodesHelp
  .split('\n')
  .slice(1)
  .map((text) => text.trim().replace(/^(\d)\s+(.*)$/, '- $1: $2'))
  .join('\n')}
`;
}

function leaves(command: Command): Command[] {
  const children = command.commands.filter(isShown);
  return children.length === 0 ? [command] : children.flatMap(leaves);
}

function isShown(command: Command): boolean {
  return command.name() !== 'help';
}

function section(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name());
  const described = command.registeredArguments.filter(({ description }) => description !== '');
  return [
    `### ${names.join(' ')}`,
    `\`\`\`text\n${names.join(' ')} ${command.usage()}\n\`\`\``,
    `${command.description()}.`,
    described.map((argument) => `- \`${argument.name()}\`: ${argument.description}`).join('\n'),
    options(command),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function options(command: Command): string {
  return command.options.map(line).join('\n');
}

function line({ flags, description, defaultValue, envVar, argChoices }: Option): string {
  const extra = [
    ...(argChoices === undefined ? [] : [`one of ${argChoices.join(', ')}`]),
    ...(defaultValue === undefined ? [] : [`default ${String(defaultValue)}`]),
    ...(envVar === undefined ? [] : [`\`${envVar}\``]),
  ];
  const text = [description, ...(extra.length === 0 ? [] : [`(${extra.join('; ')})`])].filter((part) => part !== '');
  return `- \`${flags}\`${text.length === 0 ? '' : `: ${text.join(' ')}`}`;
}
