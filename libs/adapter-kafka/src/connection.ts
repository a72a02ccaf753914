import { isSilence } from './translate-error.js';

interface KafkaClient {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}

/**
 * A client of kafkajs that is connected when it is first needed, once however many ask. One that failed to connect, or got
 * no answer, is made anew: kafkajs gives up the request and keeps the socket, at whose other end there may be nobody.
 */
export class Connection<Client extends KafkaClient> {
  private connecting: Promise<Client> | null = null;

  /** @param onSilence told when a client got no answer and is given up: others over the same way may fare alike */
  constructor(
    private readonly make: () => Client,
    private readonly onSilence: () => void,
  ) {}

  async use<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
    const connecting = (this.connecting ??= this.connect());
    const client = await connecting.catch((error: unknown) => {
      if (this.connecting === connecting) this.connecting = null;
      throw error;
    });
    try {
      return await work(client);
    } catch (error) {
      // Of several who waited in vain the first does it.
      if (isSilence(error) && this.connecting === connecting) {
        this.giveUp();
        this.onSilence();
      }
      throw error;
    }
  }

  /** The next to ask gets a new client. The old one waits for whoever still waits for an answer, and ends. */
  giveUp(): void {
    void this.close().catch(() => undefined);
  }

  /** Ends the connection; it is made again if somebody asks. */
  async close(): Promise<void> {
    const { connecting } = this;
    this.connecting = null;
    const client = await connecting?.catch(() => null);
    await client?.disconnect();
  }

  private async connect(): Promise<Client> {
    const client = this.make();
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.disconnect().catch(() => undefined);
      throw error;
    }
  }
}
