import type { CommandNode, OptionNode } from './command-tree.js';

/** Text as one word of a POSIX shell, bash or zsh. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A pattern of `case` for an option of a command, each spelling of it; the program's own hold everywhere. */
function optionPattern({ path }: CommandNode, { names }: OptionNode): string {
  return names.map((name) => (path === '' ? `*${quoted(` ${name}`)}` : quoted(`${path} ${name}`))).join(' | ');
}

/** A pattern of `case` for a word that leads on to a command of the tree. */
export function commandPattern(nodes: readonly CommandNode[]): string {
  return nodes.flatMap(({ path, commands }) => commands.map(({ name }) => quoted(`${path} ${name}`))).join(' | ');
}

/** Options that take a value, as patterns of `case`: those of files, those of a list of words, and all others. */
export function valuePatterns(nodes: readonly CommandNode[]) {
  const patterns = nodes.flatMap((node) =>
    node.options
      .filter(({ value }) => value !== 'none')
      .map((option) => ({ pattern: optionPattern(node, option), ...option })),
  );
  const join = (some: typeof patterns) => some.map(({ pattern }) => pattern).join(' | ');
  return {
    all: join(patterns),
    files: join(patterns.filter(({ value }) => value === 'file')),
    lists: patterns.filter(({ words }) => words.length > 0),
    others: join(patterns.filter(({ value, words }) => value === 'any' && words.length === 0)),
  };
}
