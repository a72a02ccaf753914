import type { Integration } from '#api-client';
import type { ApiClient } from './api/api-client.js';
import { isCalled } from './find-integration.js';

/** What integrations are called, for people; asked of the server when one is first told of that is not known yet. */
export class IntegrationNames {
  private known: readonly Integration[] = [];

  constructor(private readonly api: ApiClient) {}

  /** Names by id; of one that is there no more, or that shares its name with another, the id says more. */
  async of(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.some((id) => !this.known.some((one) => one.id === id))) {
      this.known = (await this.api.list('/integrations', {}, 1000)).items;
    }
    return new Map(ids.map((id) => [id, this.nameOf(id)]));
  }

  private nameOf(id: string): string {
    const name = this.known.find((one) => one.id === id)?.name;
    if (name === undefined) return id;
    return this.known.filter((one) => isCalled(one, name)).length === 1 ? name : `${name} (${id})`;
  }
}
