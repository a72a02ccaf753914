import { type Document, isAlias, isMap, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { toJsonPointer } from '#core';
import { CliError } from '../cli.errors.js';
import { exitCodes } from '../exit-codes.js';
import { Terminal } from '../output/terminal.js';
import { settingsSchema, type TenantSettings } from './settings-schema.js';

/** Where something stands in a document, e.g. `['integrations', 'Acme HR', 'config']`. */
export type SettingsPath = readonly PropertyKey[];

/** What is wrong with one place. Never quotes the value. */
export interface Mistake {
  path: SettingsPath;
  message: string;
}

/** Something about one line of a file. */
export interface AboutLine {
  line: number;
  text: string;
}

/** The settings of one tenant in a file, and where in it they are. */
export interface SettingsDocument {
  settings: TenantSettings;
  /** File, line and JSON pointer (RFC 6901) of a place; of what is not there the line of what it would be in. */
  place: (path: SettingsPath) => AboutLine;
}

/**
 * Reads a file of settings: YAML, which JSON is a part of; one tenant a document, or a list of them.
 *
 * @throws CliError with every mistake and its place
 */
export function parseSettings(text: string, file: string): SettingsDocument[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const broken = documents
    .flatMap(({ errors }) => errors)
    .map(({ pos, message }) => {
      const { line, col } = lines.linePos(pos[0]);
      return { line, text: `${file}:${String(line)}:${String(col)}: ${message}` };
    });
  if (broken.length > 0) throw mistaken(file, broken);
  const found: SettingsDocument[] = [];
  const mistakes: AboutLine[] = [];
  for (const { document, base, value } of documents.flatMap(tenantsOf)) {
    const place = placesOf(document, lines, file, base);
    const result = settingsSchema.safeParse(value);
    if (result.success) found.push({ settings: result.data, place });
    else mistakes.push(...told(result.error.issues.flatMap(toMistakes), place));
  }
  if (mistakes.length > 0) throw mistaken(file, mistakes);
  if (found.length > 0) return found;
  throw new CliError(`${file} holds no settings.`, exitCodes.usage, ['See what they look like: muster export']);
}

/** Each mistake with its place. */
export function told(mistakes: readonly Mistake[], place: SettingsDocument['place']): AboutLine[] {
  return mistakes.map(({ path, message }) => {
    const { line, text } = place(path);
    return { line, text: `${text}: ${message}` };
  });
}

export function mistaken(file: string, mistakes: readonly AboutLine[]): CliError {
  const many = `${String(mistakes.length)} mistake${mistakes.length === 1 ? '' : 's'}`;
  const inOrder = mistakes.toSorted((a, b) => a.line - b.line).map(({ text }) => Terminal.clean(text));
  return new CliError(`${file} has ${many}. Nothing was applied.`, exitCodes.usage, inOrder);
}

interface TenantNode {
  document: Document.Parsed;
  base: SettingsPath;
  value: unknown;
}

function tenantsOf(document: Document.Parsed): TenantNode[] {
  // No limit on aliases: whoever applies a file trusts it.
  const value: unknown = document.toJS({ maxAliasCount: -1 });
  if (value === null) return [];
  if (!Array.isArray(value)) return [{ document, base: [], value }];
  return value.map((item: unknown, index) => ({ document, base: [index], value: item }));
}

function placesOf(
  document: Document.Parsed,
  lines: LineCounter,
  file: string,
  base: SettingsPath,
): SettingsDocument['place'] {
  return (path) => {
    const whole = [...base, ...path];
    let offset = document.contents?.range?.[0] ?? 0;
    let node: Node | null | undefined = document.contents;
    for (const step of whole) {
      const next = stepInto(isAlias(node) ? node.resolve(document) : node, step);
      if (next === null) break;
      offset = next.offset ?? offset;
      node = next.node;
    }
    const { line } = lines.linePos(offset);
    return { line, text: `${file}:${String(line)}${whole.length === 0 ? '' : ` ${toJsonPointer(whole)}`}` };
  };
}

/** What is at a key or an index, and where that begins: at the key. */
function stepInto(
  node: Node | null | undefined,
  step: PropertyKey,
): { node: Node | null; offset: number | undefined } | null {
  if (isMap<Node, Node | null>(node)) {
    const pair = node.items.find(({ key }) => String((key as { value?: unknown }).value) === String(step));
    return pair === undefined ? null : { node: pair.value, offset: pair.key.range?.[0] };
  }
  if (!isSeq<Node>(node)) return null;
  const item = node.items[Number(step)];
  return item === undefined ? null : { node: item, offset: item.range?.[0] };
}

function toMistakes(issue: z.core.$ZodIssue): Mistake[] {
  const { path, message } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message }));
    case 'invalid_key':
      return issue.issues.map((inner) => ({ path, message: inner.message }));
    case 'invalid_value':
      return [{ path, message: `One of ${issue.values.map(String).join(', ')} is expected.` }];
    default:
      return [{ path, message: sentence(message) }];
  }
}

/** zod's words; they name types and limits, never the value. */
function sentence(message: string): string {
  if (message.endsWith('received undefined')) return 'It is missing.';
  const text = message.replace(/^Invalid input: /, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
