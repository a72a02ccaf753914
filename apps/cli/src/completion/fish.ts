import type { CommandNode, OptionNode } from './command-tree.js';

/** The completions of fish. */
export function fishCompletion(nodes: readonly CommandNode[]): string {
  const valued = nodes.flatMap(({ path, options }) =>
    options
      .filter(({ value }) => value !== 'none')
      .flatMap(({ names }) => names.map((name) => quoted(path === '' ? `* ${name}` : `${path} ${name}`))),
  );
  const leading = nodes.flatMap(({ path, commands }) => commands.map(({ name }) => quoted(`${path} ${name}`)));
  return `# In ~/.config/fish/config.fish: muster completion fish | source
function __muster_at
    set -l command ''
    set -l skip no
    for word in (commandline -opc)[2..-1]
        if test $skip = yes
            set skip no
            continue
        end
        switch "$command $word"
            case ${valued.join(' ')}
                set skip yes
            case ${leading.join(' ')}
                set command (string trim -- "$command $word")
        end
    end
    test "$command" = "$argv[1]"
end
complete -c muster -f
${nodes.flatMap(lines).join('\n')}`;
}

function lines({ path, commands, options, words }: CommandNode): string[] {
  const here = `-n ${quoted(`__muster_at ${quoted(path)}`)}`;
  return [
    ...commands.map(
      ({ name, description }) => `complete -c muster ${here} -a ${quoted(name)} -d ${quoted(description)}`,
    ),
    ...(words.length === 0 ? [] : [`complete -c muster ${here} -a ${quoted(words.join(' '))}`]),
    ...options.map((option) => `complete -c muster${path === '' ? '' : ` ${here}`} ${optionParts(option)}`),
  ];
}

function optionParts({ names, description, value, words }: OptionNode): string {
  const spelt = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const taken = { none: [], file: ['-r -F'], any: [`-x${words.length === 0 ? '' : ` -a ${quoted(words.join(' '))}`}`] };
  return [...spelt, ...taken[value], ...(description === '' ? [] : [`-d ${quoted(description)}`])].join(' ');
}

/** Text as one word of fish, which knows two escapes within single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
