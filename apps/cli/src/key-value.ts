import { readFile } from 'node:fs/promises';
import { CliError, systemCode } from './cli.errors.js';
import type { AttributeValue } from '#api-client';
import type { JsonSchema } from './json-schema.js';

/** Gathers a repeated `key=value` option. */
export function collectPair(
  text: string,
  previous: readonly (readonly [string, string])[] = [],
): (readonly [string, string])[] {
  const at = text.indexOf('=');
  if (at < 1) throw new CliError(`${text} is not of the form key=value.`);
  return [...previous, [text.slice(0, at), text.slice(at + 1)]];
}

/** Gathers a repeated option. */
export function collect(text: string, previous: readonly string[] = []): string[] {
  return [...previous, text];
}

/** A setting as the command line can say it. */
export type SettingValue = string | number | boolean | readonly string[];

/**
 * Values of settings in the types that the connector's schema names; `@file` reads the value from a file. A list has an
 * item for each time that it is given, or is a JSON array of texts; nothing is the list without items.
 */
export async function toSettings(
  given: readonly (readonly [string, string])[],
  { properties = {} }: JsonSchema,
): Promise<Record<string, SettingValue>> {
  const settings: Record<string, SettingValue> = {};
  for (const [name, text] of given) {
    const value = text.startsWith('@') ? (await readText(text.slice(1))).trimEnd() : text;
    const type = properties[name]?.type;
    const before = settings[name];
    settings[name] =
      type === 'array' ? [...(typeof before === 'object' ? before : []), ...items(value)] : typed(value, type);
  }
  return settings;
}

/** A file's text; `-` is standard input. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path === '-' ? '/dev/stdin' : path, 'utf8');
  } catch (error) {
    throw new CliError(`${path} cannot be read (${systemCode(error)}).`);
  }
}

/** A JSON object from a file. */
export async function readJson(path: string): Promise<object> {
  const text = await readText(path);
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // Said below.
  }
  throw new CliError(`${path} does not hold a JSON object.`);
}

/**
 * A value as written on the command line: nothing is null, a JSON array of texts a list, everything else text, which
 * Muster turns into the attribute's type.
 */
export function toValue(text: string): AttributeValue {
  return text === '' ? null : (listOfTexts(text) ?? text);
}

function items(text: string): string[] {
  return text === '' ? [] : (listOfTexts(text) ?? [text]);
}

/** Null for what is no JSON array of texts. */
function listOfTexts(text: string): string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'string')) return parsed;
  } catch {
    // Plain text.
  }
  return null;
}

function typed(text: string, type: string | undefined): string | number | boolean {
  if ((type === 'integer' || type === 'number') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
