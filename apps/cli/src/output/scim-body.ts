import type { ScimRequestWithBody } from '#api-client';
import { Terminal } from './terminal.js';

const notes = {
  cut: 'Only its beginning was kept.',
  tooLarge: 'It was refused for its size, unread.',
  unreadable: 'It was no JSON; nothing of it was kept.',
} as const;

/** What an identity provider's request said, and what is missing of that. */
export function scimBodyText(body: ScimRequestWithBody['body']): string {
  if (body === null) return 'It has no body.';
  const text = body.text === null ? [] : [readable(body.text)];
  return [...text, ...(body.note === null ? [] : [notes[body.note]])].join('\n');
}

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Cut.
    return Terminal.cleanLines(text);
  }
}
