import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CanaryWatch } from '../../support/canary-watch.js';
import { MusterApi } from '../../support/muster-api.js';

const pauseMs = 100;
/** A process that was stopped takes connections and never answers. */
const answerWithinMs = 15_000;

/**
 * The API of a reporter that may be killed or cut off at any time: reads are asked again until they are answered, and so
 * are POSTs, each under an idempotency key of its own, as a script would do it.
 */
export class PatientApi extends MusterApi {
  constructor(
    url: string,
    key: string,
    private readonly patienceMs: number,
    watch: CanaryWatch,
  ) {
    super(url, key, watch);
  }

  protected override async send(request: Request): Promise<Response> {
    const { method, url } = request;
    if (method !== 'GET' && method !== 'POST') return super.send(request);
    if (method === 'POST' && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', randomUUID());
    }
    const deadline = performance.now() + this.patienceMs;
    for (;;) {
      const sent = super
        .send(request.clone())
        .then(whole)
        .catch(() => null);
      const answer = await Promise.race([sent, sleep(answerWithinMs, null, { ref: false })]);
      // A first try may still be at work under the same key: it says when to come again.
      if (answer !== null && answer.status < 500 && !answer.headers.has('retry-after')) return answer;
      if (performance.now() > deadline) throw new Error(`${method} ${new URL(url).pathname} was not answered in time`);
      await sleep(pauseMs);
    }
  }
}

/** An answer whose body has come to its end: whoever ends a reporter may do so in the middle of one. */
async function whole(answer: Response): Promise<Response> {
  await answer.clone().arrayBuffer();
  return answer;
}
