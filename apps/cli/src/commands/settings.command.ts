import type { Command } from 'commander';
import type { ContextOf } from '../context.js';
import { readText } from '../key-value.js';
import { outputOption } from './export-csv.js';

interface ExportOptions {
  all?: boolean;
  output?: string;
}

interface ApplyOptions {
  file: string;
  yes?: boolean;
  dryRun?: boolean;
  replaceSecrets?: boolean;
  prune?: boolean;
}

/** `muster export` and `muster apply`. What they take to run is loaded when they do: every other command starts faster. */
export function addSettingsCommands(program: Command, contextOf: ContextOf): void {
  program
    .command('export')
    .description('the settings of the tenant in use as a YAML file (with --json a JSON one), without secrets')
    .option('--all', 'of every tenant that the key sees')
    .addOption(outputOption)
    .addHelpText(
      'after',
      `
Examples:
  muster export -o acme.yaml
  muster export --profile staging | muster apply --profile production -f - --dry-run`,
    )
    .action(async ({ all, output }: ExportOptions, command: Command) => {
      const { exportFile } = await import('../settings/export-file.js');
      await exportFile(contextOf(command), { all: all === true, file: output });
    });

  program
    .command('apply')
    .description(
      'make settings those of a file; shows what changes, and asks. What the file leaves out stays, unless --prune',
    )
    .requiredOption('-f, --file <file>', 'YAML or JSON, as muster export writes it; - is standard input')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--replace-secrets', 'send secrets that are set already, too')
    .option('--prune', 'disable integrations and remove own attributes that the file names no more')
    .addHelpText(
      'after',
      `
Examples:
  muster apply -f acme.yaml --dry-run
  ACME_HR_CLIENT_SECRET=… muster apply -f acme.yaml --yes
  muster export | muster apply -f - --yes        # changes nothing

Exit codes: 0 when everything is as the file says, or was only to be shown; 2 with every mistake of the file; 6 when
somebody else changed a setting meanwhile; 8 when there are changes, --yes is not given and nobody said yes.`,
    )
    .action(async ({ file, yes, dryRun, replaceSecrets, prune }: ApplyOptions, command: Command) => {
      const { applyFile } = await import('../settings/apply-file.js');
      const text = await readText(file);
      await applyFile(contextOf(command), text, {
        file: file === '-' ? 'standard input' : file,
        yes: yes === true,
        dryRun: dryRun === true,
        replaceSecrets: replaceSecrets === true,
        prune: prune === true,
        isTenantChosen: command.getOptionValueSourceWithGlobals('tenant') === 'cli',
      });
    });
}
