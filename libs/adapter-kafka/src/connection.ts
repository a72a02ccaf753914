/** A client of kafkajs that is connected when it is first needed, once however many ask, and anew after a failure. */
export class Connection<Client extends { connect(): Promise<void>; disconnect(): Promise<void> }> {
  private connecting: Promise<Client> | null = null;

  constructor(private readonly make: () => Client) {}

  async get(): Promise<Client> {
    this.connecting ??= this.connect();
    return this.connecting;
  }

  /** Ends the connection; it is made again if somebody asks. */
  async close(): Promise<void> {
    const connecting = this.connecting;
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
      this.connecting = null;
      await client.disconnect().catch(() => undefined);
      throw error;
    }
  }
}
