import type { FieldChange } from '../settings/field-changes.js';
import { type SettingsChange, subject } from '../settings/settings-change.js';
import { Terminal } from './terminal.js';

/** What a change adds or changes, field by field. */
export function printChange(terminal: Terminal, change: SettingsChange): void {
  const { isNew } = change;
  const version = change.kind === 'mapping' && change.saved !== null ? `, version ${String(change.saved)}` : '';
  const title = Terminal.clean(`${subject(change)}${version}`);
  terminal.print(heading(terminal, change, title));
  for (const field of change.fields) terminal.print(`    ${fieldText(field, isNew)}`);
}

function heading(terminal: Terminal, { kind, isNew }: SettingsChange, title: string): string {
  if (kind === 'attributeGone') return terminal.style('red', `- ${title}`);
  return isNew ? terminal.style('green', `+ ${title}`) : terminal.style('yellow', `~ ${title}`);
}

function fieldText({ field, before, after }: FieldChange, isNew: boolean): string {
  if (isNew) return Terminal.clean(`${field}: ${valueText(after)}`);
  return Terminal.clean(`${field}: ${valueText(before)} → ${valueText(after)}`);
}

function valueText(value: unknown): string {
  return value === undefined ? '–' : JSON.stringify(value);
}
