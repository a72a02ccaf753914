/** The simulated HR system's control API: what happens in the company while the demo runs. */
export class DemoSource {
  constructor(private readonly url: string) {}

  hire(count: number): Promise<{ ids: string[] }> {
    return this.post('hire', { count });
  }

  terminate(count: number): Promise<{ ids: string[] }> {
    return this.post('terminate', { count });
  }

  remove(count: number): Promise<{ ids: string[] }> {
    return this.post('remove', { count });
  }

  move(count: number): Promise<{ ids: string[] }> {
    return this.post('move', { count });
  }

  rename(count: number): Promise<{ ids: string[] }> {
    return this.post('rename', { count });
  }

  /** Somebody leaves, somebody new gets their address. */
  passEmail(): Promise<{ leaver: string; joiner: string }> {
    return this.post('pass-email', {});
  }

  async loseHalf(): Promise<void> {
    await this.post('misbehave', { kind: 'loseHalf' });
  }

  async behave(): Promise<void> {
    await fetch(`${this.url}/_sim/misbehave`, { method: 'DELETE' });
  }

  private async post<Answer>(action: string, body: object): Promise<Answer> {
    const response = await fetch(`${this.url}/_sim/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the simulated HR system refused ${action}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}
