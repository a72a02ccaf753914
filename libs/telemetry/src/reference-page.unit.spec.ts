import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { topicPartitions } from '#core';
import { alerts } from './alerts.js';
import { catalogue } from './catalogue.js';
import { fitsLabel, type MetricEntry } from './metric-entry.js';
import { metricsPage } from './reference-page.js';

const root = new URL('../../../', import.meta.url);
const pagePath = 'docs/reference/metrics.md';
const guidePath = 'docs/guides/scaling-mappers.md';
const entries: MetricEntry[] = Object.values(catalogue);

const read = async (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

/** The first fenced block of a language. */
function block(markdown: string, language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(markdown)?.[1] ?? '';
}

/** What of a text in PromQL the catalogue does not know: names of metrics, labels, values. */
function unknownIn(text: string): string[] {
  return [...text.matchAll(/(muster_[a-z0-9_]+)(?:\{([^}]*)\})?/g)].flatMap(([, name = '', selector = '']) => {
    const known = entries.find((entry) => entry.name === name || (entry.type === 'histogram' && isPartOf(name, entry)));
    if (known === undefined) return [name];
    return [...selector.matchAll(/([a-z_]+)="([^"]*)"/g)].flatMap(([, label = '', value = '']) => {
      const values = known.labels[label];
      return values !== undefined && fitsLabel(values, value) ? [] : [`${name}{${label}="${value}"}`];
    });
  });
}

function isPartOf(name: string, entry: MetricEntry): boolean {
  return ['bucket', 'sum', 'count'].some((part) => name === `${entry.name}_${part}`);
}

describe('the metrics reference', () => {
  // Loading Prettier takes seconds on a busy machine.
  it('is what the catalogue says: run `npm run docs:reference` after a change', { timeout: 30_000 }, async () => {
    const options = await resolveConfig(new URL(pagePath, root).pathname);
    const text = await format(metricsPage(), { ...options, parser: 'markdown' });
    expect(await read(pagePath)).toBe(text);
  });

  it('names only what exists, in alerts, examples and the guide', async () => {
    for (const { name, expression } of alerts) expect(unknownIn(expression), name).toEqual([]);
    expect(unknownIn(await read(pagePath))).toEqual([]);
    expect(unknownIn(await read(guidePath))).toEqual([]);
    expect(unknownIn('sum(muster_nothing) / muster_stage_paused{stage="nowhere"}')).toHaveLength(2);
  });

  it('gives rules that Prometheus can load', async () => {
    const file = parse(block(await read(pagePath), 'yaml')) as { groups: { rules: Record<string, unknown>[] }[] };
    expect(file.groups[0]?.rules.map(({ alert, expr, annotations }) => ({ alert, expr, annotations }))).toEqual(
      alerts.map(({ name, expression, summary }) => ({ alert: name, expr: expression, annotations: { summary } })),
    );
  });

  it('scales mappers to as many as have something to do', async () => {
    const { spec } = parse(block(await read(guidePath), 'yaml')) as { spec: { maxReplicaCount: number } };
    expect(spec.maxReplicaCount).toBe(topicPartitions['raw-records']);
  });
});
