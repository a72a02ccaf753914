import { apiVersion } from '../api-version.js';
import type { SubjectExamples } from './subject-examples.js';

const metrics = `# HELP muster_syncs_ended_total Syncs that came to an end, by mode and end state; one that is approved ends once more.
# TYPE muster_syncs_ended_total counter
muster_syncs_ended_total{mode="live",state="completed"} 5
muster_syncs_ended_total{mode="live",state="awaitingApproval"} 1
`;

export const healthExamples: SubjectExamples = {
  schemas: {},
  answers: {
    'GET /healthz': { status: 'ok' },
    'GET /readyz': { status: 'ready', problems: [] },
    'GET /readyz 503': {
      status: 'notReady',
      problems: [{ part: 'bus', code: 'busUnavailable', message: 'The bus does not answer.', since: null }],
    },
    'GET /metrics': metrics,
    'GET /openapi.json': { openapi: '3.1.1', info: { title: 'Muster', version: apiVersion }, paths: {} },
  },
};
