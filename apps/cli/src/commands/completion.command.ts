import { Argument, type Command } from 'commander';
import { bashCompletion } from '../completion/bash.js';
import { type CommandNode, commandTree } from '../completion/command-tree.js';
import { fishCompletion } from '../completion/fish.js';
import { zshCompletion } from '../completion/zsh.js';
import { show, type Shown } from '../context.js';

const shells: Record<string, (nodes: readonly CommandNode[]) => string> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export function addCompletionCommand(program: Command, shownOf: (command: Command) => Shown): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'whose').choices(Object.keys(shells)))
    .description('a script that completes commands and options in a shell')
    .addHelpText(
      'after',
      `
Examples:
  eval "$(muster completion bash)"      # in ~/.bashrc
  eval "$(muster completion zsh)"       # in ~/.zshrc, after compinit
  muster completion fish | source       # in ~/.config/fish/config.fish`,
    )
    .action((shell: string, _options: object, command: Command) => {
      const shown = shownOf(command);
      const script = shells[shell]?.(commandTree(program)) ?? '';
      show(shown, { shell, script }, () => shown.terminal.print(script));
    });
}
