import type { Socket } from 'node:net';
import type { DialLimits, OpenWay, Way, WayLimits } from '#connector-sdk';
import type { ParentLink } from './parent-link.js';

const defaultTimeoutMs = 10_000;

/** Connections that the parent resolves, checks and makes, and hands over open: this process can make none. */
export class ParentWay implements Way {
  constructor(private readonly parent: ParentLink) {}

  async locate(host: string, { signal, timeoutMs = defaultTimeoutMs }: DialLimits): Promise<OpenWay> {
    const { value } = await this.parent.ask({ what: 'locate', host, timeoutMs }, signal);
    return { addresses: value as string[], connect: async (port, limits) => this.connect(host, port, limits) };
  }

  async connect(host: string, port: number, { signal, timeoutMs = defaultTimeoutMs }: WayLimits): Promise<Socket> {
    const { socket } = await this.parent.ask({ what: 'connect', host, port, timeoutMs }, signal);
    if (socket === undefined) throw new Error('The connection ended while it was handed over.');
    return socket;
  }
}
