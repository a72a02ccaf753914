import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { CliError, systemCode } from '../cli.errors.js';
import type { Environment } from '../context.js';
import { exitCodes } from '../exit-codes.js';

/** A server by a name of the user's own. */
export interface Profile {
  name: string;
  url: string;
  apiKey?: string;
  /** Id or name. */
  tenant?: string;
}

export interface Profiles {
  /** The one that holds where no other is named. */
  inUse: string | null;
  profiles: Profile[];
}

/** The user's profiles, in one file that nobody else may read: it holds keys. */
export class ProfileStore {
  /** Null: there is no place for profiles, so there are none. */
  constructor(private readonly file: string | null) {}

  /** In the user's configuration directory (XDG Base Directory Specification: relative paths don't count). */
  static of({ XDG_CONFIG_HOME: configured = '', HOME: home = '' }: Environment): ProfileStore {
    const directories = [configured, join(home, '.config')].filter((directory) => isAbsolute(directory));
    return new ProfileStore(directories[0] === undefined ? null : join(directories[0], 'muster', 'profiles.json'));
  }

  /** @throws CliError when the file is not one of profiles, or others may read it */
  read(): Profiles {
    const { file } = this;
    const none: Profiles = { inUse: null, profiles: [] };
    if (file === null) return none;
    let mode: number;
    let text: string;
    try {
      ({ mode } = statSync(file));
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return none;
      throw new CliError(`${file} cannot be read (${systemCode(error)}).`);
    }
    if ((mode & 0o077) !== 0) {
      throw new CliError(`${file} holds keys and others may read it.`, exitCodes.usage, [
        `chmod 600 ${file}`,
        'If somebody may have read it: muster key list, muster key delete <id>',
      ]);
    }
    const profiles = parse(text);
    if (profiles !== null) return profiles;
    throw new CliError(`${file} does not hold profiles.`, exitCodes.usage, [
      'Move it away and add them again: muster profile add <name>',
    ]);
  }

  /** The file has its new content whole or not at all. */
  write(profiles: Profiles): void {
    const { file } = this;
    if (file === null) throw new CliError('There is no place for profiles: set XDG_CONFIG_HOME or HOME.');
    const temporary = `${file}.${String(process.pid)}.tmp`;
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(temporary, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
      renameSync(temporary, file);
    } catch (error) {
      throw new CliError(`${file} cannot be written (${systemCode(error)}).`);
    }
  }

  /** @throws CliError when there is none of that name */
  find(name: string): Profile {
    const found = this.read().profiles.find((profile) => profile.name === name);
    if (found !== undefined) return found;
    throw new CliError(`There is no profile ${name}.`, exitCodes.notFound, [
      'muster profile list',
      `muster profile add ${name} --url <address>`,
    ]);
  }
}

function parse(text: string): Profiles | null {
  try {
    const { inUse, profiles } = JSON.parse(text) as Partial<Record<keyof Profiles, unknown>>;
    const isInUse = inUse === null || typeof inUse === 'string';
    if (isInUse && Array.isArray(profiles) && profiles.every(isProfile)) return { inUse, profiles };
  } catch {
    // Not JSON, or null: no profiles.
  }
  return null;
}

function isProfile(value: unknown): value is Profile {
  if (typeof value !== 'object' || value === null) return false;
  const { name, url, apiKey, tenant } = value as Partial<Record<keyof Profile, unknown>>;
  const isText = (field: unknown) => typeof field === 'string';
  return isText(name) && isText(url) && [apiKey, tenant].every((field) => field === undefined || isText(field));
}
