import type { RoleName } from '#core';

/** A label whose values are a list in the code. */
export interface ClosedLabel<Value extends string = string> {
  values: readonly Value[];
}

/** A label whose values are known at run time only, and are few all the same. */
export interface BoundedLabel<Value extends string = string> {
  /** The form that every value has: never a person's value, never a name that somebody gave. */
  form: RegExp;
  /** What bounds their number, in plain words. */
  bound: string;
  /** Never set: carries the type of the values. */
  readonly value?: Value;
}

export type MetricLabel = ClosedLabel | BoundedLabel;

/** Where in the reference a metric stands. */
export type MetricGroup = 'syncs' | 'stages' | 'sources' | 'process';

/** One metric as the catalogue declares it. Its unit is the last word of its name, before `_total`. */
export interface MetricEntry {
  name: `muster_${string}`;
  type: 'counter' | 'gauge' | 'histogram';
  group: MetricGroup;
  /** One line: what is counted or measured, and when. */
  help: string;
  labels: Readonly<Record<string, MetricLabel>>;
  /** Upper bounds, for a histogram. */
  buckets?: readonly number[];
  /** Who gives values to it; in standalone all of them are one process. */
  from: readonly RoleName[];
  /** What an operator does when it rises, or stays up. */
  whenItRises: string;
}

type ValueOf<Label extends MetricLabel> =
  Label extends ClosedLabel<infer Value> ? Value : Label extends BoundedLabel<infer Value> ? Value : never;

/** What the labels of a metric may be set to. */
export type LabelsOf<Entry extends MetricEntry> = {
  readonly [Name in keyof Entry['labels']]: ValueOf<Entry['labels'][Name]>;
};

/** True when a value is one that the label may have. */
export function fitsLabel(label: MetricLabel, value: string): boolean {
  return 'values' in label ? label.values.includes(value) : label.form.test(value);
}
