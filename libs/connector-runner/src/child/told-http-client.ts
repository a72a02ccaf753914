import { setImmediate } from 'node:timers/promises';
import { HttpClient, type HttpClientOptions, type HttpRequest } from '#connector-sdk';
import type { ParentLink } from './parent-link.js';

/** Tells the parent while a request is under way that must not be interrupted, so that it waits before it ends the process. */
export class ToldHttpClient extends HttpClient {
  private underWay = 0;

  constructor(
    options: HttpClientOptions,
    private readonly parent: Pick<ParentLink, 'tell'>,
  ) {
    super(options);
  }

  override async request<T>(request: HttpRequest<T>): Promise<T> {
    if (request.isUninterrupted !== true) return super.request(request);
    this.count(1);
    try {
      return await super.request(request);
    } finally {
      // Whoever asked has the answer first, and what they make of it is under way.
      void setImmediate().then(() => this.count(-1));
    }
  }

  private count(by: number): void {
    this.underWay += by;
    this.parent.tell({ type: 'mustFinish', requests: this.underWay });
  }
}
