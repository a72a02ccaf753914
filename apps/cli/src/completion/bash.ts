import type { CommandNode } from './command-tree.js';
import { commandPattern, quoted, valuePatterns } from './shell-text.js';

/** The completions of bash, 3.2 and newer. */
export function bashCompletion(nodes: readonly CommandNode[]): string {
  const { all, files, lists, others } = valuePatterns(nodes);
  const everywhere = namesOf(nodes.filter(({ path }) => path === ''));
  return `# In ~/.bashrc: eval "$(muster completion bash)"
_muster() {
  local cur=\${COMP_WORDS[COMP_CWORD]} command='' words='' word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$command \${COMP_WORDS[i]}" in
      ${all})
        ((i++)) ;;
      ${commandPattern(nodes)})
        command="\${command:+$command }\${COMP_WORDS[i]}" ;;
    esac
  done
  COMPREPLY=()
  case "$command \${COMP_WORDS[COMP_CWORD - 1]}" in
${lists.map(({ pattern, words }) => `    ${pattern}) words=${quoted(words.join(' '))} ;;`).join('\n')}
    ${files})
      _muster_files
      return ;;
    ${others}) ;;
    *)
      case "$command" in
${nodes.map((node) => `        ${quoted(node.path)}) words=${quoted(wordsOf(node).join(' '))} ;;`).join('\n')}
      esac
      if [[ $cur == -* ]]; then words="$words ${everywhere.join(' ')}"; fi ;;
  esac
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$words" -- "$cur")
}
_muster_files() {
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
  compopt -o filenames 2>/dev/null
}
complete -F _muster muster`;
}

function wordsOf(node: CommandNode): string[] {
  return [...node.commands.map(({ name }) => name), ...node.words, ...(node.path === '' ? [] : namesOf([node]))];
}

function namesOf(nodes: readonly CommandNode[]): string[] {
  return nodes.flatMap(({ options }) => options.flatMap(({ names }) => names));
}
