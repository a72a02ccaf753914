import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The root of the source tree. */
export const root = join(import.meta.dirname, '..', '..');

export interface ComposeService {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string | number>;
  ports?: string[];
  volumes?: string[];
  networks?: string[];
  profiles?: string[];
  container_name?: string;
  restart?: string;
  stop_grace_period?: string;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  networks: Record<string, unknown>;
  volumes: Record<string, unknown>;
}

/**
 * `docker-compose.yml` as Compose reads it in that environment: merge keys followed, variables put in.
 *
 * @throws Error with the file's own words when a variable that must be set is not
 */
export function readCompose(env: Readonly<Record<string, string>>): ComposeFile {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  return interpolated(parse(text, { merge: true }), env) as ComposeFile;
}

function interpolated(value: unknown, env: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return interpolate(value, env);
  if (Array.isArray(value)) return value.map((item: unknown) => interpolated(item, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, interpolated(item, env)]));
}

/** https://docs.docker.com/reference/compose-file/interpolation/, of its forms those in use: `$$`, `${A:-b}`, `${A:?b}`. */
function interpolate(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$(?:\$|\{(\w+):([-?])([^}]*)\})?/g, (found, name?: string, kind?: string, rest?: string) => {
    if (found === '$$') return '$';
    if (name === undefined) throw new Error(`docker-compose.yml: a form of $ that is not known here, in ${text}`);
    const given = env[name] ?? '';
    if (given !== '') return given;
    if (kind === '?') throw new Error(`required variable ${name} is missing a value: ${rest ?? ''}`);
    return rest ?? '';
  });
}
