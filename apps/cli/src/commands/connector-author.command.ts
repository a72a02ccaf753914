import type { Command } from 'commander';
import type { LocalSourceOptions } from '../authoring/local-source.js';
import type { RecordPreview } from '../authoring/preview-records.js';
import { CliError } from '../cli.errors.js';
import { type Environment, show, type Shown } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { collectPair } from '../key-value.js';
import { printCheckSteps } from '../output/check-steps.js';
import { fieldTable } from '../output/field-table.js';
import { count } from '../output/text.js';
import { wholeNumber } from './options.js';

/** What commands that ask no server work with. */
export interface LocalCommands {
  shownOf: (command: Command) => Shown;
  env: Environment;
}

/** `muster connector new`, `test`, `check`, `preview` and `record`: for who writes a connector. What they need is loaded when they run. */
export function addConnectorAuthorCommands(connector: Command, { shownOf, env }: LocalCommands): void {
  connector
    .command('new')
    .description('write the folder of a new connector: one file, fixtures, a contract test')
    .argument('<name>', 'the connector’s id, in small letters with hyphens')
    .option('--folder <folder>', 'where; default: a folder of that name here')
    .action(async (name: string, { folder }: { folder?: string }, command: Command) => {
      const shown = shownOf(command);
      const { newConnector } = await import('../authoring/new-connector.js');
      const made = newConnector(name, folder);
      show(shown, made, () => {
        for (const file of made.files) shown.terminal.print(`${made.folder}/${file}`);
        const path = folder ?? `./${name}`;
        shown.terminal.note(`Next:\n  muster connector test ${path}\n  and change ${path}/${name}.ts`);
      });
    });

  connector
    .command('test')
    .description('run the tests of a connector’s folder, its contract among them')
    .argument('[folder]', 'default: here', '.')
    .action(async (folder: string, _options: object, command: Command) => {
      const shown = shownOf(command);
      const { runContract } = await import('../authoring/run-contract.js');
      const passed = await runContract(folder, shown.terminal);
      show(shown, { passed }, () => undefined);
      if (!passed) throw new CliError(shown.json ? '' : 'Not every test passes.', exitCodes.ended);
    });

  withSource(connector.command('check'))
    .description('try a source step by step from this machine, without a server')
    .action(async (named: string, options: LocalSourceOptions, command: Command) => {
      const shown = shownOf(command);
      const { checkConnector } = await import('../authoring/check-connector.js');
      const steps = await checkConnector(named, options, env);
      const ok = steps.length > 0 && steps.every((step) => step.ok);
      show(shown, { ok, steps }, () => printCheckSteps(shown.terminal, steps));
      if (!ok) throw new CliError(shown.json ? '' : 'The check found something wrong.', exitCodes.ended);
    });

  withSource(connector.command('preview'))
    .description('read the first records and show their paths and types; nothing is stored')
    .option('--limit <count>', 'how many records', wholeNumber, 20)
    .action(async (named: string, options: LocalSourceOptions & { limit: number }, command: Command) => {
      const shown = shownOf(command);
      const { previewRecords } = await import('../authoring/preview-records.js');
      const preview = await previewRecords(named, options, env);
      show(shown, preview, () => printPreview(shown, preview));
    });

  withSource(connector.command('record'))
    .description('keep the source’s first replies as fixtures, without secrets, tokens, cookies and e-mail addresses')
    .option('--out <folder>', 'where to', 'fixtures')
    .option('--pages <count>', 'how many pages', wholeNumber, 2)
    .option('--force', 'write over what is there')
    .action(
      async (
        named: string,
        options: LocalSourceOptions & { out: string; pages: number; force?: boolean },
        command: Command,
      ) => {
        const shown = shownOf(command);
        const { recordReplies } = await import('../authoring/record-replies.js');
        const files = await recordReplies(named, options, env);
        show(shown, { files }, () => {
          for (const file of files) shown.terminal.print(file);
          shown.terminal.note('Read them before you commit them: names and other personal data are still in them.');
        });
      },
    );
}

function withSource(command: Command): Command {
  return command
    .argument('<connector>', 'id, path of its file or folder, or name of its package')
    .option('--config <key=value>', 'a setting; again for each', collectPair)
    .option('--config-file <file>', 'all settings as a JSON object')
    .option('--secret <key=value>', 'a secret; key=@file reads it from a file, key=- from standard input', collectPair)
    .option('--secrets-file <file>', 'all secrets as a JSON object; - is standard input');
}

function printPreview({ terminal }: Shown, { fields, records, withId, unreadable, isEverybody }: RecordPreview): void {
  terminal.print(fieldTable(terminal, fields));
  const read = records.length + unreadable;
  terminal.note(
    `\n${count(read)} records read${isEverybody ? ', which are all' : ''}. ${count(withId)} have a source id.`,
  );
  if (unreadable > 0) terminal.note(`${count(unreadable)} are no JSON that can be read.`);
}
