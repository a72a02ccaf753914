import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  to: string[];
  /** As it came, headers and all. */
  source: string;
}

/** A mail server of this process that keeps what it takes. */
export class MailSink {
  readonly mails: Mail[] = [];
  /** Recipients that it refuses for good. */
  readonly refused = new Set<string>();

  private constructor(
    private readonly server: SMTPServer,
    readonly url: string,
  ) {}

  static async start(): Promise<MailSink> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: ({ address }, _session, answer) => {
        const isRefused = sink.refused.has(address);
        answer(isRefused ? Object.assign(new Error(`no mailbox ${address}`), { responseCode: 550 }) : null);
      },
      onData: (stream, session, answer) => {
        text(stream).then(
          (source) => {
            sink.mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
            answer();
          },
          (error: Error) => answer(error),
        );
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;
    const sink = new MailSink(server, `smtp://127.0.0.1:${String(port)}`);
    return sink;
  }

  /** Mails to an address. */
  to(address: string): Mail[] {
    return this.mails.filter(({ to }) => to.includes(address));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** A header's value; folded lines and encoded words as they are. */
export function headerOf({ source }: Mail, name: string): string {
  return new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(source)?.[1]?.replaceAll(/\r\n\s+/g, ' ') ?? '';
}

/** What the mail says, decoded. */
export function textOf({ source }: Mail): string {
  const [head = '', ...rest] = source.split('\r\n\r\n');
  const body = rest.join('\n\n');
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body;
  const bytes = body
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
