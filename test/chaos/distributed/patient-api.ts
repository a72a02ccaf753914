import { setTimeout as sleep } from 'node:timers/promises';
import type { CanaryWatch } from '../../support/canary-watch.js';
import { type ApiAnswer, MusterApi } from '../../support/muster-api.js';

const pauseMs = 100;
/** A process that was stopped takes connections and never answers. */
const answerWithinMs = 15_000;

/** The API of a reporter that may be killed or cut off at any time: reads are asked again until they are answered. */
export class PatientApi extends MusterApi {
  constructor(
    url: string,
    key: string,
    private readonly patienceMs: number,
    watch: CanaryWatch,
  ) {
    super(url, key, watch);
  }

  override async call<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer<Body>> {
    if (method !== 'GET') return super.call(method, path, body, headers);
    const deadline = performance.now() + this.patienceMs;
    for (;;) {
      const call = super.call<Body>(method, path, body, headers).catch(() => null);
      const answer = await Promise.race([call, sleep(answerWithinMs, null, { ref: false })]);
      if (answer !== null && answer.status < 500) return answer;
      if (performance.now() > deadline) throw new Error(`${method} ${path} was not answered in time`);
      await sleep(pauseMs);
    }
  }
}
