import { alerts } from './alerts.js';
import { catalogue } from './catalogue.js';
import type { MetricEntry, MetricGroup, MetricLabel } from './metric-entry.js';

const groups: Record<MetricGroup, string> = {
  syncs: 'Syncs and what becomes of people',
  stages: 'Stages',
  sources: 'Sources',
  process: 'Process',
};

const introduction = `# Metrics

<!-- Generated from libs/telemetry/src/catalogue.ts: change it there, then \`npm run docs:reference\`. -->

Every process answers \`GET /metrics\` in the Prometheus text format, without a key. Names begin with \`muster_\`. Standalone shows all of
them; apart, each role shows what it counts itself, so sum over instances. What the reporter measures of the whole (lag, open
syncs, ages) every reporter measures alike, so take the maximum over instances.

Labels hold closed lists: no tenant, no sync, no person, no name. The one id is the integration's in
\`muster_last_good_sync_age_seconds\`: opaque, and bounded by the number of enabled live integrations. Counters start again at 0 with
their process; what must be exact stands in the syncs themselves.

Lag and open syncs are asked of the bus and the store at most every five seconds, and waited for at most two: \`/metrics\` answers
during an outage too, without the gauges that cannot be known and with \`muster_measurement_up\` at 0.`;

/** The reference of all metrics, as Markdown (to be laid out by Prettier). */
export function metricsPage(): string {
  const entries: MetricEntry[] = Object.values(catalogue);
  const sections = Object.entries(groups).map(([group, title]) => {
    const own = entries.filter((entry) => entry.group === group);
    return [`## ${title}`, overview(own), ...own.map(section)].join('\n\n');
  });
  return `${[introduction, ...sections, alertSection()].join('\n\n')}\n`;
}

function overview(entries: readonly MetricEntry[]): string {
  const rows = entries.map(({ name, labels }) => `| [\`${name}\`](#${name}) | ${labelNames(labels)} |`);
  return ['| metric | labels |', '| --- | --- |', ...rows].join('\n');
}

function labelNames(labels: MetricEntry['labels']): string {
  return Object.keys(labels)
    .map((label) => `\`${label}\``)
    .join(', ');
}

function section({ name, type, help, labels, buckets, from, whenItRises }: MetricEntry): string {
  const by = from.length === 4 ? 'every role' : from.join(', ');
  const lines = [
    `- ${type}, by ${by}`,
    ...Object.entries(labels).map(([label, values]) => `- \`${label}\`: ${describeLabel(values)}`),
    ...(buckets === undefined
      ? []
      : [`- buckets up to ${buckets.map((bound) => bound.toLocaleString('en')).join(', ')}`]),
    `- when it rises: ${whenItRises}`,
  ];
  return [`### ${name}`, help, lines.join('\n')].join('\n\n');
}

function describeLabel(label: MetricLabel): string {
  return 'values' in label ? label.values.map((value) => `\`${value}\``).join(', ') : label.bound;
}

function alertSection(): string {
  const rules = alerts.map(
    ({ name, expression, for: duration, severity, summary }) =>
      `      - alert: ${name}
        expr: ${expression}
        for: ${duration}
        labels:
          severity: ${severity}
        annotations:
          summary: '${summary}'`,
  );
  const file = ['groups:', '  - name: muster', '    rules:', ...rules].join('\n');
  return `## Alerts

A file of rules for Prometheus to begin with; the figures are yours to choose.

\`\`\`yaml
${file}
\`\`\`

People who wait, how long they still wait, and how a stage's work is spread:

\`\`\`promql
sum by (stage) (max by (stage, lane) (muster_stage_lag_people))
sum by (stage) (max by (stage, lane) (muster_stage_lag_people)) / sum by (stage) (rate(muster_records_total[5m]))
histogram_quantile(0.95, sum by (stage, le) (rate(muster_stage_batch_seconds_bucket[5m])))
\`\`\`

[Scaling mappers](../guides/scaling-mappers.md) lets Kubernetes act on the lag.`;
}
