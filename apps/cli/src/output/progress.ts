import { Presets, SingleBar } from 'cli-progress';
import type { Sync, SyncProgress } from '#api-client';
import type { Terminal } from './terminal.js';
import { count } from './text.js';

/** What is shown of a sync on its way. */
export interface ShownProgress {
  id: string;
  state: Sync['state'];
  progress: SyncProgress;
}

/** Shows how far a sync has come. */
export interface ProgressDisplay {
  update(sync: ShownProgress): void;
  waiting(message: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a line when something changes. */
export function progressDisplay(terminal: Terminal): ProgressDisplay {
  return terminal.isInteractive ? new BarDisplay(terminal) : new LineDisplay(terminal);
}

/** Says nothing: for output that a program reads. */
export const noProgress: ProgressDisplay = { update: () => {}, waiting: () => {}, stop: () => {} };

interface Phase {
  name: string;
  value: number;
  total: number | null;
}

function phaseOf({ state, progress }: ShownProgress): Phase {
  const { recordsFetched, recordsPlanned, recordsTotal, slicesApplied, slices } = progress;
  switch (state) {
    case 'queued':
      return { name: 'waiting', value: 0, total: null };
    case 'fetching':
      return recordsPlanned > 0
        ? { name: 'reading and planning', value: recordsFetched, total: null }
        : { name: 'reading the source', value: recordsFetched, total: null };
    case 'planning':
      return { name: 'planning', value: recordsPlanned, total: recordsTotal };
    case 'settling':
      return { name: 'checking the plan', value: recordsPlanned, total: recordsTotal };
    case 'applying':
      return { name: 'writing', value: slicesApplied, total: slices };
    default:
      return { name: state, value: recordsTotal ?? recordsPlanned, total: recordsTotal ?? recordsPlanned };
  }
}

const endedWell: ReadonlySet<Sync['state']> = new Set(['completed', 'incomplete', 'awaitingApproval']);

class BarDisplay implements ProgressDisplay {
  private readonly bar: SingleBar;
  private started = false;

  constructor(terminal: Terminal) {
    this.bar = new SingleBar(
      {
        format: '{phase} {bar} {amount}',
        stream: terminal.err,
        barsize: 30,
        hideCursor: true,
        clearOnComplete: true,
        linewrap: false,
      },
      Presets.shades_classic,
    );
  }

  update(sync: ShownProgress): void {
    const { name, value, total } = phaseOf(sync);
    const amount = total === null ? (value === 0 ? '' : count(value)) : `${count(value)} of ${count(total)}`;
    const payload = { phase: name.padEnd(20), amount };
    // Without a total there is nothing to measure: the bar stays empty and the number grows.
    const whole = Math.max(1, total ?? 1);
    if (!this.started) this.bar.start(whole, 0, payload);
    this.started = true;
    this.bar.setTotal(whole);
    // Who had nobody to read has come to the end as well.
    const isDone = total === 0 && endedWell.has(sync.state);
    this.bar.update(isDone ? whole : total === null ? 0 : value, payload);
  }

  waiting(message: string): void {
    if (this.started) this.bar.update({ amount: message });
  }

  stop(): void {
    if (this.started) this.bar.stop();
  }
}

const lineEveryMs = 5_000;

class LineDisplay implements ProgressDisplay {
  private lastPhase = '';
  private lastAt = 0;

  constructor(private readonly terminal: Terminal) {}

  update(sync: ShownProgress): void {
    const { name, value, total } = phaseOf(sync);
    const now = performance.now();
    if (name === this.lastPhase && now - this.lastAt < lineEveryMs) return;
    this.lastPhase = name;
    this.lastAt = now;
    const amount = total === null ? (value === 0 ? '' : `: ${count(value)}`) : `: ${count(value)} of ${count(total)}`;
    this.terminal.note(`${sync.id} ${name}${amount}`);
  }

  waiting(message: string): void {
    if (message === this.lastPhase) return;
    this.lastPhase = message;
    this.terminal.note(message);
  }

  stop(): void {}
}
