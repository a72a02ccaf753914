import type { Outcome, OutcomeTotal, SyncDetail } from '#api-client';
import { renderTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import { count, shown, wrap } from '../output/text.js';

const barWidth = 28;

/** What the demo shows, in any terminal: headings, one line of progress that is drawn over, tables. */
export class DemoOutput {
  private drawn = '';

  constructor(private readonly terminal: Terminal) {}

  title(text: string): void {
    this.terminal.print(`\n${this.terminal.style('bold', text)}`);
  }

  line(text = ''): void {
    this.terminal.print(text === '' ? '' : wrap(text, Math.min(this.terminal.width ?? 100, 100), '  '));
  }

  /** How far a sync is: a bar on a terminal, a line for each new state elsewhere. */
  progress(sync: SyncDetail): void {
    const { recordsPlanned, recordsTotal, slices, slicesApplied } = sync.progress;
    const isApplying = sync.state === 'applying';
    const [done, all] = isApplying ? [slicesApplied, slices ?? 0] : [recordsPlanned, recordsTotal ?? 0];
    if (!this.terminal.isInteractive) {
      const text = `  … ${sync.state}`;
      if (text !== this.drawn) this.terminal.note(text);
      this.drawn = text;
      return;
    }
    const filled = all === 0 ? 0 : Math.round((Math.min(done, all) / all) * barWidth);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
    const text = `  ${bar}  ${sync.state.padEnd(9)} ${count(isApplying ? done : recordsPlanned)}${isApplying ? ' slices' : ' people'}`;
    this.terminal.err.write(`\r${text.padEnd(this.drawn.length)}`);
    this.drawn = text;
  }

  endProgress(): void {
    if (this.terminal.isInteractive && this.drawn !== '')
      this.terminal.err.write(`\r${' '.repeat(this.drawn.length)}\r`);
    this.drawn = '';
  }

  totals(totals: readonly OutcomeTotal[]): void {
    const rows = [...totals].sort((left, right) => right.count - left.count);
    this.indented(
      renderTable(
        this.terminal,
        [
          { head: 'people', value: (row) => count(row.count), align: 'right' },
          { head: 'outcome', value: (row) => row.outcome },
          { head: 'why', value: (row) => row.reason },
          { head: 'state', value: (row) => row.state },
        ],
        rows,
      ),
    );
  }

  examples(outcomes: readonly Outcome[]): void {
    this.indented(
      renderTable(
        this.terminal,
        [
          { head: 'outcome', value: (row) => row.outcome },
          { head: 'person', value: (row) => row.label ?? row.sourceId },
          { head: 'what', value: whatChanges, flexible: true },
        ],
        outcomes,
      ),
    );
  }

  private indented(text: string): void {
    this.terminal.print(text.replaceAll(/^/gm, '  '));
  }
}

function whatChanges({ outcome, changes, problems, why }: Outcome): string {
  const [problem] = problems;
  if (problem !== undefined) return problem.message;
  const entries = Object.entries(changes);
  if (outcome === 'created') return `${shown(changes['title']?.after)}, ${shown(changes['department']?.after)}`;
  if (outcome === 'updated') {
    return entries.map(([name, { before, after }]) => `${name}: ${shown(before)} → ${shown(after)}`).join('; ');
  }
  return why;
}
