import type { Command } from 'commander';
import { ApiClient } from './api/api-client.js';
import type { Terminal } from './output/terminal.js';
import { connectionOf } from './profiles/connection.js';
import type { ProfileStore } from './profiles/profile-store.js';

/** The variables of the environment, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a result goes, and whether a program reads it. */
export interface Shown {
  terminal: Terminal;
  json: boolean;
}

/** What a command works with: the API, the terminal, and whether it speaks to a program. */
export interface CommandContext extends Shown {
  api: ApiClient;
  /** The API in another tenant, by its id. */
  apiOf: (tenantId: string) => ApiClient;
  /** Where Muster is. */
  url: string;
  env: Environment;
}

export type ContextOf = (command: Command) => CommandContext;

export function contextFor(terminal: Terminal, profiles: ProfileStore, env: Environment): ContextOf {
  return (command) => {
    const connection = connectionOf(command, profiles, terminal);
    return {
      api: new ApiClient(connection),
      apiOf: (tenant) => new ApiClient({ ...connection, tenant }),
      url: connection.url,
      env,
      ...shownFor(terminal)(command),
    };
  };
}

/** For commands that ask no server. */
export function shownFor(terminal: Terminal): (command: Command) => Shown {
  return (command) => ({ terminal, json: command.optsWithGlobals<{ json?: boolean }>().json ?? false });
}

/** Shows a result: as JSON for programs, else as the command renders it. */
export function show({ json, terminal }: Shown, result: unknown, render: () => void): void {
  if (json) terminal.print(JSON.stringify(result, null, 2));
  else render();
}
