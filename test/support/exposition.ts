/** One line of a Prometheus exposition. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** What `/metrics` says, of one process or of several together. */
export class Exposition {
  private constructor(
    /** Metric name → type. */
    readonly types: ReadonlyMap<string, string>,
    readonly samples: readonly Sample[],
  ) {}

  /** Reads the text format; what several processes say of the same labels is added up. @throws Error at a line that is none of it */
  static parse(...texts: string[]): Exposition {
    const types = new Map<string, string>();
    const samples = new Map<string, Sample>();
    for (const line of texts.join('\n').split('\n')) {
      const type = /^# TYPE (\S+) (\S+)$/.exec(line);
      if (type !== null) types.set(type[1] ?? '', type[2] ?? '');
      if (line === '' || line.startsWith('#')) continue;
      const sample = readSample(line);
      const known = samples.get(keyOf(sample));
      samples.set(keyOf(sample), { ...sample, value: sample.value + (known?.value ?? 0) });
    }
    return new Exposition(types, [...samples.values()]);
  }

  /** The samples of a name whose labels are (among others) these. */
  of(name: string, labels: Record<string, string> = {}): Sample[] {
    const wanted = Object.entries(labels);
    return this.samples.filter(
      (sample) => sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value),
    );
  }

  /** Their sum; 0 when there is none. */
  sum(name: string, labels: Record<string, string> = {}): number {
    return this.of(name, labels).reduce((sum, { value }) => sum + value, 0);
  }

  /** Their sums by one or several labels, those of 0 left out. */
  by(name: string, ...labels: string[]): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const sample of this.of(name)) {
      if (sample.value === 0) continue;
      const key = labels.map((label) => sample.labels[label] ?? '').join(':');
      sums[key] = (sums[key] ?? 0) + sample.value;
    }
    return sums;
  }

  /** What was counted since an earlier look: the same samples, less what they were then. */
  since(earlier: Exposition): Exposition {
    const before = new Map(earlier.samples.map((sample) => [keyOf(sample), sample.value]));
    const samples = this.samples.map((sample) => ({
      ...sample,
      value: sample.value - (before.get(keyOf(sample)) ?? 0),
    }));
    return new Exposition(this.types, samples);
  }
}

function keyOf({ name, labels }: Sample): string {
  return JSON.stringify([name, Object.entries(labels).sort()]);
}

function readSample(line: string): Sample {
  const match = /^([a-z0-9_]+)(?:\{(.*)\})? (\S+)$/i.exec(line);
  const [, name, labelText = '', valueText] = match ?? [];
  const value = Number(valueText);
  if (name === undefined || Number.isNaN(value)) throw new Error(`no line of an exposition: ${line}`);
  const labels: Record<string, string> = {};
  for (const [, label = '', text = ''] of labelText.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)",?/gi)) labels[label] = text;
  return { name, labels, value };
}
