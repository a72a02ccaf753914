import type { Command, Option } from 'commander';

/** One command as a shell completes it. */
export interface CommandNode {
  /** The words that lead to it, e.g. `sync run`; none for the program itself. */
  path: string;
  commands: { name: string; description: string }[];
  /** Its own; those of the program hold everywhere. */
  options: OptionNode[];
  /** What its arguments may be, where that is a list. */
  words: string[];
}

export interface OptionNode {
  /** With the dashes. */
  names: string[];
  description: string;
  value: 'none' | 'file' | 'any';
  /** What the value may be, where that is a list. */
  words: string[];
}

/** The program and every command below it, parents first. */
export function commandTree(program: Command): CommandNode[] {
  return nodesOf(program, '');
}

function nodesOf(command: Command, path: string): CommandNode[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).filter((child) => child.name() !== 'help');
  const node = {
    path,
    commands: commands.map((child) => ({ name: child.name(), description: child.description() })),
    // What is not its own is --help, which the program has too.
    options: help
      .visibleOptions(command)
      .filter((option) => path === '' || command.options.includes(option))
      .map(toOption),
    words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
  return [node, ...commands.flatMap((child) => nodesOf(child, path === '' ? child.name() : `${path} ${child.name()}`))];
}

function toOption({ short, long, flags, description, required, optional, argChoices }: Option): OptionNode {
  return {
    names: [short, long].filter((name) => name !== undefined && name !== null),
    description,
    value: !required && !optional ? 'none' : flags.includes('<file>') ? 'file' : 'any',
    words: argChoices ?? [],
  };
}
