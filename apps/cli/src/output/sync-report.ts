import type { Outcome, OutcomeDifference, SyncDetail } from '#api-client';
import { renderTable } from './table.js';
import { Terminal } from './terminal.js';
import { count, duration, momentUtc, pairs, problemText, shown, wrap } from './text.js';

const stateColours = {
  completed: 'green',
  incomplete: 'yellow',
  awaitingApproval: 'yellow',
  failed: 'red',
  cancelled: 'red',
} as const;

/** A sync for people: what happened in plain words, counts, safeguards, and what to do next. */
export function printSync(terminal: Terminal, sync: SyncDetail): void {
  const width = Math.min(terminal.width ?? 100, 100);
  const colour = Object.hasOwn(stateColours, sync.state)
    ? stateColours[sync.state as keyof typeof stateColours]
    : 'cyan';
  const title = `${titleOf(sync)} ${sync.id}`;
  terminal.print(`${terminal.style('bold', title)}  ${terminal.style(colour, sync.state)}`);
  terminal.print();
  terminal.print(wrap(sync.summary, width));
  if (sync.totals.length > 0) {
    terminal.print();
    terminal.print(
      renderTable(
        terminal,
        [
          { head: 'Outcome', value: ({ outcome }) => outcome },
          { head: 'Reason', value: ({ reason }) => reason, flexible: true },
          { head: 'State', value: ({ state }) => state },
          { head: 'People', value: (total) => count(total.count), align: 'right' },
        ],
        sync.totals.toSorted((a, b) => b.count - a.count),
      ),
    );
  }
  const noticed = sync.safeguards.filter(({ tripped, measured }) => tripped || measured > 0);
  if (noticed.length > 0) {
    terminal.print();
    terminal.print(
      renderTable(
        terminal,
        [
          {
            head: 'Safeguard',
            value: ({ rule, attribute }) => (attribute === undefined ? rule : `${rule} (${attribute})`),
            flexible: true,
          },
          { head: 'Measured', value: ({ measured }) => count(measured), align: 'right' },
          { head: 'Limit', value: ({ limit }) => count(limit), align: 'right' },
          { head: 'Verdict', value: ({ tripped }) => (tripped ? 'held' : 'let through') },
        ],
        noticed,
      ),
    );
  }
  terminal.print();
  terminal.print(pairs(facts(sync), terminal.width));
  const next = nextSteps(sync);
  if (next.length > 0) {
    terminal.print();
    terminal.print(['Next:', ...next.map((step) => `  ${step}`)].join('\n'));
  }
}

function titleOf({ mode, undoOfSyncId }: SyncDetail): string {
  if (undoOfSyncId !== null) return mode === 'dry' ? 'Dry undo' : 'Undo';
  return mode === 'dry' ? 'Dry sync' : 'Live sync';
}

/** What the plan was made from, and what has become of it. */
function origin({ undoOfSyncId, undoneBySyncId, mappingVersion }: SyncDetail): [string, string][] {
  const mapping = mappingVersion === null ? 'none was active' : `version ${String(mappingVersion)}`;
  return [
    undoOfSyncId === null ? ['Mapping', mapping] : ['Takes back', undoOfSyncId],
    ...(undoneBySyncId === null ? [] : [['Undone by', undoneBySyncId] as [string, string]]),
  ];
}

function facts(sync: SyncDetail): [string, string][] {
  const { manifest, planHash } = sync;
  return [
    ['Started', `${momentUtc(sync.createdAt)} by ${sync.requestedBy}, ${sync.trigger}`],
    ...(manifest === null
      ? []
      : [
          [
            'Source',
            `${count(manifest.records)} records, ${manifest.extent}, ${manifest.wholeness}: ${manifest.evidence.reason} (${count(manifest.fetch.requests)} requests, ${count(manifest.fetch.retries)} repeated)`,
          ] as [string, string],
        ]),
    ...origin(sync),
    ...timings(sync),
    ...(planHash === null ? [] : [['Plan', planHash] as [string, string]]),
    ...sync.approvals.map((word): [string, string] => [
      word.verdict === 'approve' ? 'Approved' : 'Rejected',
      `${momentUtc(word.at)} by ${word.by}: ${whatWasMeant(word)}`,
    ]),
  ];
}

function whatWasMeant({ selection, outcomes, comment }: SyncDetail['approvals'][number]): string {
  const said = comment === '' ? '' : ` (${Terminal.clean(comment)})`;
  if (selection === null) return `what exactly was not written down${said}`;
  const { all, filter, named, includeHeld } = selection;
  const parts = Object.entries(filter ?? {}).map(([name, value]) => `${name} ${value}`);
  const what = all ? 'all' : named > 0 ? `${count(named)} named` : parts.join(', ');
  const many = outcomes === null ? '' : `, ${count(outcomes)} in number`;
  return `${what}, ${includeHeld ? 'held ones included' : 'without held ones'}${many}${said}`;
}

/** A plan waits for its approval as long as it does: only the machine's part of the time is told. */
function timings({ createdAt, settledAt, endedAt, round, trigger }: SyncDetail): [string, string][] {
  const planned = trigger === 'edit' ? null : duration(createdAt, settledAt);
  const whole = round > 0 ? null : duration(createdAt, endedAt);
  return [
    ...(planned === null ? [] : [['Planned in', planned] as [string, string]]),
    ...(whole === null ? [] : [['Done in', whole] as [string, string]]),
  ];
}

function nextSteps(sync: SyncDetail): string[] {
  const failed = sync.totals.some(({ outcome }) => outcome === 'failed');
  const planned = sync.totals.some(({ state }) => state === 'planned');
  const drifted = sync.totals.some(({ state }) => state === 'drifted');
  const unmapped = sync.totals.some(({ reason }) => reason === 'noMapping');
  const isOpen = ['completed', 'incomplete', 'awaitingApproval'].includes(sync.state);
  return [
    ...(['completed', 'incomplete', 'awaitingApproval', 'failed', 'cancelled'].includes(sync.state)
      ? []
      : [`muster sync follow ${sync.id}`]),
    ...(unmapped
      ? [
          `muster mapping create ${sync.integrationId} --default --activate`,
          `muster sync run ${sync.integrationId} --wait`,
        ]
      : []),
    ...(failed
      ? [
          `muster sync outcomes ${sync.id} --outcome failed`,
          `muster sync run --only failed --replay ${sync.id}   (when the mapping is mended)`,
        ]
      : []),
    ...(sync.undoOfSyncId !== null && drifted ? [`muster sync outcomes ${sync.id} --state drifted`] : []),
    ...(sync.manifest?.records === 0 && sync.manifest.alreadyApplied.length > 0
      ? [`muster sync run ${sync.integrationId} --reread   (what was applied before, once more)`]
      : []),
    ...(sync.held > 0 ? [`muster sync outcomes ${sync.id} --state held`] : []),
    ...(isOpen && planned ? [`muster sync approve ${sync.id} --all`] : []),
    ...(isOpen && !planned && sync.held > 0
      ? [
          `muster sync approve ${sync.id} --all --include-held   (if what is held is right)`,
          `muster sync reject ${sync.id} --all                   (if it is not)`,
        ]
      : []),
  ];
}

/** Outcomes as a table: who, what, why, and the first change or problem. */
export function outcomeTable(terminal: Terminal, outcomes: readonly Outcome[]): string {
  return renderTable(
    terminal,
    [
      { head: 'Id', value: ({ id }) => id },
      { head: 'Person', value: ({ label, sourceId }) => label ?? sourceId, flexible: true },
      { head: 'Outcome', value: ({ outcome, reason }) => `${outcome}: ${reason}`, flexible: true },
      { head: 'State', value: ({ state }) => state },
      { head: 'What', value: whatHappened, flexible: true },
    ],
    outcomes,
  );
}

/** People with whom two syncs deal otherwise. */
export function differenceTable(terminal: Terminal, differences: readonly OutcomeDifference[]): string {
  const side = (outcome: OutcomeDifference['first']) =>
    outcome === null ? null : `${outcome.outcome}: ${outcome.reason}`;
  return renderTable(
    terminal,
    [
      { head: 'Person', value: ({ label, sourceId }) => label ?? sourceId, flexible: true },
      { head: 'First', value: ({ first }) => side(first) },
      { head: 'Second', value: ({ second }) => side(second) },
      { head: 'Attributes', value: ({ attributes }) => attributes.join(', '), flexible: true },
    ],
    differences,
  );
}

function whatHappened({ problems, changes, why, note, state }: Outcome): string {
  const [problem] = problems;
  if (problem !== undefined) return problemText(problem);
  if (state === 'drifted' && note !== null) return note;
  const changed = Object.entries(changes);
  if (changed.length === 0) return note ?? why;
  return changed
    .map(([name, { before, after }]) =>
      before === null ? `${name} ${shown(after)}` : `${name} ${shown(before)} → ${shown(after)}`,
    )
    .join('; ');
}
