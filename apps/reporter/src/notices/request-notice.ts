import type { IntegrationRequest } from '#core';
import type { WordedNotice } from './worded-notice.js';

/** What is said of a request that has come to a state. @param name what people call its integration */
export function requestNotice(
  { id, wanted }: IntegrationRequest,
  { event, name }: { event: string; name: string },
): WordedNotice {
  const isLive = event === 'live';
  const next = isLive
    ? 'Nothing needs doing: its schedule, safeguards and contacts are yours to set.'
    : 'Run a dry sync, look at its plan, and approve it when it is as it should be.';
  return {
    kind: isLive ? 'requestLive' : 'requestDeployed',
    title: `${name}: ${isLive ? 'live' : 'deployed'}`,
    lines: [
      isLive
        ? `The integration ${name}, which was asked for to read ${wanted.sourceSystem}, is live.`
        : `The integration that was asked for to read ${wanted.sourceSystem} is there: ${name}.`,
      next,
    ],
    data: { requestId: id, state: event, reason: event, next },
  };
}
