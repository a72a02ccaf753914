import type { CommandNode, OptionNode } from './command-tree.js';
import { commandPattern, quoted, valuePatterns } from './shell-text.js';

/** The completions of zsh; also right as a file `_muster` in its `fpath`. */
export function zshCompletion(nodes: readonly CommandNode[]): string {
  const { all, files, lists, others } = valuePatterns(nodes);
  const everywhere = nodes.filter(({ path }) => path === '').flatMap(({ options }) => options);
  return `#compdef muster
# In ~/.zshrc, after compinit: eval "$(muster completion zsh)"
_muster() {
  local command='' i
  local -a commands options
  for ((i = 2; i < CURRENT; i++)); do
    case "$command $words[i]" in
      ${all})
        ((i++)) ;;
      ${commandPattern(nodes)})
        command="\${command:+$command }$words[i]" ;;
    esac
  done
  case "$command $words[CURRENT-1]" in
${lists.map(({ pattern, words }) => `    ${pattern}) compadd -- ${words.map(quoted).join(' ')}; return ;;`).join('\n')}
    ${files}) _files; return ;;
    ${others}) return ;;
  esac
  case "$command" in
${nodes.map(described).join('\n')}
  esac
  options+=(${everywhere.flatMap(optionTexts).join(' ')})
  _describe -t commands command commands
  if [[ $PREFIX == -* || $#commands == 0 ]]; then _describe -o -t options option options; fi
}
if [[ $funcstack[1] == _muster ]]; then _muster "$@"; else compdef _muster muster; fi`;
}

function described(node: CommandNode): string {
  const commands = [
    ...node.commands.map(({ name, description }) => quoted(`${name}:${description}`)),
    ...node.words.map(quoted),
  ];
  const own = node.path === '' ? [] : node.options;
  return `    ${quoted(node.path)})
      commands=(${commands.join(' ')})
      options=(${own.flatMap(optionTexts).join(' ')}) ;;`;
}

function optionTexts({ names, description }: OptionNode): string[] {
  return names.map((name) => quoted(description === '' ? name : `${name}:${description}`));
}
