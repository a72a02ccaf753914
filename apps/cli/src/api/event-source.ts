/** One event as it came; `mark` when there was an id alone: from here on nothing is missed. */
export interface ServerEvent {
  event: string;
  data: unknown;
}

/**
 * Reads server-sent events (WHATWG HTML §9.2) as far as Muster sends them: one line of data each.
 *
 * @param onId told of each id, also of one without an event: what the next connection resumes after
 */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  onId: (id: string) => void,
): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      let event = 'message';
      let data: string | null = null;
      let hasId = false;
      for (const line of block.split('\n')) {
        const colon = line.indexOf(':');
        const value = line.slice(colon + 1).replace(/^ /, '');
        const field = line.slice(0, colon);
        if (field === 'event') event = value;
        else if (field === 'data') data = value;
        else if (field === 'id') {
          hasId = true;
          onId(value);
        }
      }
      if (data !== null) yield { event, data: JSON.parse(data) as unknown };
      else if (hasId) yield { event: 'mark', data: null };
    }
  }
}
