import type { AnswerRequest } from './simulated-source.js';

/** Of one connection, not of the request; and what `fetch` has taken off by the time it answers. */
const dropped = [
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'accept-encoding',
];

/** Answers as another server on this machine does, so that faults can be put in front of a simulator that has none. */
export function forwardTo(origin: string): AnswerRequest {
  return async ({ method, url, headers, body }) => {
    const answer = await fetch(`${origin}${url.pathname}${url.search}`, {
      method,
      headers: kept(Object.entries(headers)),
      redirect: 'manual',
      ...(body === '' ? {} : { body }),
    });
    return { status: answer.status, headers: kept([...answer.headers]), body: await answer.bytes() };
  };
}

function kept(headers: Iterable<[string, string]>): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !dropped.includes(name)));
}
