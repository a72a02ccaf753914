import stringWidth from 'string-width';
import type { AttributeValue } from '#api-client';
import { Terminal } from './terminal.js';

/** Breaks text at spaces; a word longer than the width stands alone. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of Terminal.clean(text).split(' ')) {
    if (line !== '' && stringWidth(`${indent}${line} ${word}`) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each) => `${indent}${each}`).join('\n');
}

/** Label and value, a line each, values aligned and wrapped to the width (null: not at all). */
export function pairs(
  entries: readonly (readonly [string, string | number | null])[],
  width: number | null = null,
): string {
  const labelWidth = Math.max(0, ...entries.map(([label]) => stringWidth(label)));
  const indent = ' '.repeat(labelWidth + 2);
  return entries
    .map(([label, value]) => {
      const text = Terminal.clean(String(value ?? '–'));
      const body = width === null ? text : wrap(text, Math.max(width, labelWidth + 20), indent).slice(indent.length);
      return `${label}${' '.repeat(labelWidth - stringWidth(label))}  ${body}`;
    })
    .join('\n');
}

export function shown(value: AttributeValue | undefined): string {
  if (value === null || value === undefined) return '–';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** An instant to the second, where it is said elsewhere that it is UTC. */
export function moment(instant: string | null): string {
  return instant === null ? '–' : `${instant.slice(0, 10)} ${instant.slice(11, 19)}`;
}

/** An instant to the second, by itself. */
export function momentUtc(instant: string | null): string {
  return instant === null ? '–' : `${moment(instant)} UTC`;
}

/** How long from one instant to another; null when one is missing. */
export function duration(from: string | null, to: string | null): string | null {
  if (from === null || to === null) return null;
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
}

/** A problem that names its attribute once. */
export function problemText({ attribute, message }: { attribute: string; message: string }): string {
  return message.startsWith(attribute) ? message : `${attribute}: ${message}`;
}
