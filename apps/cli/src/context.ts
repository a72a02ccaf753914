import type { Command } from 'commander';
import { ApiClient } from './api/api-client.js';
import type { Terminal } from './output/terminal.js';

interface GlobalOptions {
  url: string;
  apiKey?: string;
  tenant?: string;
  json?: boolean;
}

/** What a command works with: the API, the terminal, and whether it speaks to a program. */
export interface CommandContext {
  api: ApiClient;
  terminal: Terminal;
  json: boolean;
}

export type ContextOf = (command: Command) => CommandContext;

export function contextFor(terminal: Terminal): ContextOf {
  return (command) => {
    const { url, apiKey, tenant, json = false } = command.optsWithGlobals<GlobalOptions>();
    return { api: new ApiClient({ url, apiKey: apiKey === '' ? undefined : apiKey, tenant }), terminal, json };
  };
}

/** Shows a result: as JSON for programs, else as the command renders it. */
export function show(context: CommandContext, result: unknown, render: () => void): void {
  if (context.json) context.terminal.print(JSON.stringify(result, null, 2));
  else render();
}
