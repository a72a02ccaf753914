import { writeFile } from 'node:fs/promises';
import { CliError, systemCode } from '../cli.errors.js';
import type { CommandContext } from '../context.js';
import { toSettings, toYaml } from './export-settings.js';
import { everything, readSettings } from './present-settings.js';

/** Writes the settings of the tenant in use, or of all; undefined: to standard output. */
export async function exportFile(
  { api, apiOf, terminal, json }: CommandContext,
  { all, file }: { all: boolean; file: string | undefined },
): Promise<void> {
  const apis = all ? (await api.tenants(everything)).items.map(({ id }) => apiOf(id)) : [api];
  const variables = new Set<string>();
  const settings: object[] = [];
  for (const one of apis) settings.push(toSettings(await readSettings(one), variables));
  const text = json ? JSON.stringify(all ? settings : settings[0], null, 2) : toYaml(settings).trimEnd();
  if (file === undefined) {
    terminal.print(text);
    return;
  }
  try {
    await writeFile(file, `${text}\n`);
  } catch (error) {
    throw new CliError(`${file} cannot be written (${systemCode(error)}).`);
  }
  terminal.note(`Settings of ${String(settings.length)} tenant${settings.length === 1 ? '' : 's'} in ${file}.`);
}
