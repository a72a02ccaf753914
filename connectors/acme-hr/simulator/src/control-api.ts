import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readText, sendJson } from './http-answer.js';
import { MISBEHAVIOURS } from './misbehaviour.js';
import type { AcmeSimulatorControls } from './simulator-controls.js';

const who = z.strictObject({ ids: z.array(z.string()).optional(), count: z.int().min(0).optional() });

function whoOf({ ids, count }: z.output<typeof who>): string[] | number | undefined {
  return ids ?? count;
}

const misbehaviour = z.strictObject({
  kind: z.enum(MISBEHAVIOURS),
  times: z.int().min(1).exactOptional(),
  after: z.int().min(0).exactOptional(),
  on: z.enum(['list', 'person', 'token']).exactOptional(),
  contentLength: z.enum(['correct', 'wrong']).exactOptional(),
  total: z.int().exactOptional(),
  retryAfterSeconds: z.int().min(0).exactOptional(),
  retryAfterAsDate: z.boolean().exactOptional(),
  status: z.int().min(500).max(599).exactOptional(),
  delayMs: z.int().min(0).exactOptional(),
  junk: z.enum(['invalidJson', 'wrongType']).exactOptional(),
});

type Action = (controls: AcmeSimulatorControls, body: unknown) => unknown;

/** By what follows `/_sim/`. Bodies are JSON objects; an empty body is `{}`. */
const ACTIONS: Readonly<Record<string, Action>> = {
  'GET state': (sim) => sim.state(),
  'GET fingerprint': (sim) => ({ fingerprint: sim.fingerprint() }),
  'GET counters': (sim) => sim.counters(),
  'DELETE counters': (sim) => sim.resetCounters(),
  'GET oddities': (sim) => sim.oddities(),
  'POST hire': (sim, body) => ({ ids: sim.hire(whoCount(body)) }),
  'POST terminate': (sim, body) => {
    const { date, ...rest } = who.extend({ date: z.iso.date().optional() }).parse(body);
    return { ids: sim.terminate(whoOf(rest), date) };
  },
  'POST remove': (sim, body) => ({ ids: sim.remove(whoOf(who.parse(body))) }),
  'POST rename': (sim, body) => {
    const { family, ...rest } = who.extend({ family: z.string().optional() }).parse(body);
    return { ids: sim.rename(whoOf(rest), family) };
  },
  'POST move': (sim, body) => ({ ids: sim.move(whoOf(who.parse(body))) }),
  'POST change-email': (sim, body) => ({ ids: sim.changeEmail(whoOf(who.parse(body))) }),
  'POST pass-email': (sim, body) => sim.passEmail(z.strictObject({ leaver: z.string().optional() }).parse(body).leaver),
  'POST swap-emails': (sim, body) => ({ ids: sim.swapEmails(who.parse(body).ids) }),
  'POST circle-emails': (sim, body) => ({ ids: sim.circleEmails(who.parse(body).ids) }),
  'POST workers': (sim, body) => sim.addRaw(body),
  'POST restore': (sim, body) => sim.restore(who.parse(body).ids),
  'POST misbehave': (sim, body) => sim.misbehave(misbehaviour.parse(body)),
  'DELETE misbehave': (sim) => sim.behave(),
};

function whoCount(body: unknown): number | undefined {
  return z.strictObject({ count: z.int().min(0).optional() }).parse(body).count;
}

/** `/_sim/…`: changes the company and switches misbehaviours. For tests and demos; there is no sign-in. */
export async function handleControl(
  controls: AcmeSimulatorControls,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = url.pathname.slice('/_sim/'.length);
  const method = request.method ?? 'GET';
  try {
    const text = await readText(request);
    const body: unknown = text.trim() === '' ? {} : JSON.parse(text);
    const worker = /^workers\/(.+)$/.exec(path)?.[1];
    const kind = z.enum(MISBEHAVIOURS).safeParse(/^misbehave\/(.+)$/.exec(path)?.[1]);
    const action = ACTIONS[`${method} ${path}`];
    let answer: unknown;
    if (worker !== undefined && (method === 'GET' || method === 'PATCH')) {
      const id = decodeURIComponent(worker);
      answer = method === 'GET' ? controls.worker(id) : controls.patch(id, body);
    } else if (kind.success && method === 'DELETE') {
      answer = controls.behave(kind.data);
    } else if (action) {
      answer = action(controls, body);
    } else {
      sendJson(response, 404, { error: `There is no ${method} /_sim/${path}.` });
      return;
    }
    sendJson(response, 200, answer ?? {});
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof RangeError || error instanceof SyntaxError) {
      sendJson(response, 400, { error: error instanceof z.ZodError ? z.prettifyError(error) : error.message });
      return;
    }
    throw error;
  }
}
