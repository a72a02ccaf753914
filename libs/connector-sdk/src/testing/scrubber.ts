import type { RecordedReply } from './recorded-reply.js';

/** Keys whose text is nobody's business, in JSON and in queries. */
const sensitiveKey = /token|secret|passw|passphrase|api[_-]?key|authorization|cookie|session|signature|credential/i;
const jsonText = /"((?:[^"\\]|\\.)*)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;
const webToken = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;
const email = /[^\s"'<>()\\,;:/=?&]+@[^\s"'<>()\\,;:/=?&@]+\.[A-Za-z]{2,}/g;
/** The only headers that a fixture keeps: what a connector may read, and what holds no secret. */
const keptHeaders = ['content-type', 'link', 'retry-after', 'x-total-count'];
/** What is shorter stands in too many places by chance. */
const leastLength = 4;

/**
 * Takes secrets, tokens, cookies and e-mail addresses out of replies before they become fixtures: tokens by their keys in JSON and in
 * queries, and JSON web tokens anywhere. The same text always becomes the
 * same other text, so that a cursor still leads to the page that it led to. Names and other personal data stay: whoever keeps the
 * fixtures must read them first.
 */
export class Scrubber {
  private readonly known = new Map<string, string>();

  /** @param secrets of the integration; replaced wherever they stand */
  constructor(secrets: readonly string[]) {
    for (const secret of secrets) this.hide(secret, 'secret');
  }

  scrub({ request, reply }: RecordedReply): RecordedReply {
    this.learn(request, reply.body);
    const headers = Object.entries(reply.headers).filter(([name]) => keptHeaders.includes(name));
    return {
      request: { method: request.method, path: this.replaced(request.path) },
      reply: {
        status: reply.status,
        headers: Object.fromEntries(headers.map(([name, value]) => [name, this.replaced(value)])),
        body: this.replaced(reply.body),
      },
    };
  }

  private learn({ path }: RecordedReply['request'], body: string): void {
    for (const [name, value] of new URL(path, 'http://source').searchParams) {
      if (sensitiveKey.test(name)) this.hide(value, 'token');
    }
    for (const [, key = '', value = ''] of body.matchAll(jsonText)) {
      if (sensitiveKey.test(key)) this.hide(unquoted(value), 'token');
    }
    for (const [token] of body.matchAll(webToken)) this.hide(token, 'token');
    for (const text of [body, decodeURIComponentOrNot(path)]) {
      for (const [address] of text.matchAll(email)) this.hide(address, 'email');
    }
  }

  private hide(text: string, kind: 'secret' | 'token' | 'email'): void {
    if (text.length < leastLength || this.known.has(text)) return;
    const number = this.known.size + 1;
    this.known.set(text, kind === 'email' ? `person${number}@scrubbed.example` : `scrubbed-${kind}-${number}`);
  }

  private replaced(text: string): string {
    let result = text;
    // The longest first: a short one may be a part of it.
    for (const [from, to] of [...this.known].sort(([a], [b]) => b.length - a.length)) {
      for (const spelling of new Set([from, JSON.stringify(from).slice(1, -1), encodeURIComponent(from)])) {
        result = result.replaceAll(spelling, spelling === from ? to : encodeURIComponent(to));
      }
    }
    return result;
  }
}

function unquoted(json: string): string {
  try {
    return JSON.parse(`"${json}"`) as string;
  } catch {
    return json;
  }
}

function decodeURIComponentOrNot(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
