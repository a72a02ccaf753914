import type { EncodedMessage } from '#core';
import { CanaryWatch } from './canary-watch.js';
import type { PlantedSecrets } from './planted-secrets.js';

/**
 * Keeps all that a Muster says to be searched for secrets: log lines, metrics, answers whatever their status, messages. At the
 * end rather than at once, because some secrets are known only when they have been used.
 */
export class SecretWatch extends CanaryWatch {
  private readonly heard: { readonly where: string; readonly what: string | Uint8Array }[] = [];

  override line(text: string): void {
    this.heard.push({ where: 'a line of the log', what: text });
    super.line(text);
  }

  override exposition(text: string): void {
    this.heard.push({ where: 'the metrics', what: text });
    super.exposition(text);
  }

  override answer(request: string, status: number, headers: Headers, body: string): void {
    const said = [...headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    this.heard.push({ where: request, what: `${said}\n${body}` });
    super.answer(request, status, headers, body);
  }

  override message(address: string, message: EncodedMessage): void {
    const { key, headers, value } = message;
    const where = `a message on ${address}`;
    this.heard.push({ where, what: `${key}\n${JSON.stringify(headers)}` }, { where, what: value });
    super.message(address, message);
  }

  /** Whatever else was seen of it. */
  hear(where: string, what: string | Uint8Array): void {
    this.heard.push({ where, what });
  }

  /** Every secret that was said, with where. */
  told(secrets: PlantedSecrets): string[] {
    return [...new Set(this.heard.flatMap(({ where, what }) => secrets.search(where, what)))];
  }
}
