import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Connector, FetchContext, FetchEnd } from '../connector.js';
import { defineConnector } from '../define-connector.js';
import type { JsonValue } from '../json-value.js';
import { SourceConfigurationError, SourceFatalError } from '../source.errors.js';
import { contractOutcome } from './contract-outcome.spec.js';
import type { ContractSource, ContractSubject } from './contract-subject.js';

/** A source that writes down who changes, one after the other, and what of it somebody has said to have. */
interface Diary {
  readonly entries: string[];
  acknowledged: number;
}

const diaries = new Map<string, Diary>();

type Context = FetchContext<{ name: string }, Record<string, never>>;

function diaryOf({ name }: { name: string }): Diary {
  const diary = diaries.get(name);
  if (diary === undefined) {
    throw new SourceConfigurationError({ code: 'noDiary', message: 'There is no such diary. Check the name.' });
  }
  return diary;
}

function readUpTo(state: JsonValue | null): number {
  if (state === null) return 0;
  if (typeof state === 'object' && 'upTo' in state) return state['upTo'] as number;
  throw new SourceFatalError({ code: 'unknownState', message: 'What is stored is not of this connector.' });
}

async function* read({ config, signal }: Pick<Context, 'config' | 'signal'>, from: number) {
  const { entries } = diaryOf(config);
  for (let at = from; at < entries.length || at === from; at += 3) {
    signal.throwIfAborted();
    const records = entries.slice(at, at + 3).map((entry) => ({
      sourceId: (JSON.parse(entry) as { id: string }).id,
      bytes: Buffer.from(entry),
    }));
    yield await Promise.resolve({ records, next: null });
  }
  return entries.length;
}

const diary = defineConnector({
  id: 'diary',
  title: 'Diary',
  description: 'Who changes, for tests.',
  capabilities: { full: true, person: false, delta: true, resume: false, wholeness: 'endMarker' },
  config: z.object({ name: z.string().describe('Name') }),
  secrets: z.object({}),
  decoder: 'json',
  sourceIdExpression: 'id',
  defaultMapping: { attributes: { fullName: 'name' } },
  async *check({ config }) {
    const ok = await Promise.resolve(diaries.has(config.name));
    yield { step: 'firstPage', ok, message: ok ? 'It is there.' : 'There is no such diary. Check the name.' };
  },
  async *fetch(context): AsyncGenerator<never, FetchEnd, void> {
    const upTo: number = yield* read(context, readUpTo(context.state)) as AsyncGenerator<never, number, void>;
    return { extent: context.state === null ? 'full' : 'delta', lastPageSeen: true, state: { upTo } };
  },
  async commit({ config, state }) {
    const of = diaryOf(config);
    of.acknowledged = Math.max(of.acknowledged, await Promise.resolve(readUpTo(state)));
  },
});

let diariesMade = 0;

const subject: Omit<ContractSubject, 'runner'> = {
  transport: 'memory',
  record: (id, value) => `{"id":"${id}","name":${value}}`,
  start: async ({ records }): Promise<ContractSource> => {
    const name = `diary ${(diariesMade += 1)}`;
    const made: Diary = { entries: [...records], acknowledged: 0 };
    diaries.set(name, made);
    return {
      config: { name },
      secrets: {},
      change: async (people) => void made.entries.push(...people),
      traces: async () => made.acknowledged,
      stop: async () => void diaries.delete(name),
    };
  },
  doesNotApply: { 'leaves a list whose cursors lead in a circle': 'a diary has no cursors' },
};

/** The diary with one thing about it that is wrong. */
function flawed(parts: Partial<Connector>): typeof diary {
  return { ...diary, ...parts } as typeof diary;
}

/** The diary, read from a state and ended as a test says. */
function reading(
  from: (context: Context) => JsonValue | null,
  end: (right: FetchEnd, context: Context) => FetchEnd = (right) => right,
): Partial<Connector> {
  return {
    async *fetch(given) {
      const context = given as unknown as Context;
      return end(yield* diary.fetch({ ...context, state: from(context) }), context);
    },
  };
}

/** What a connector with a memory beside its state believes of each diary. */
const remembered = new Map<string, number>();

function remember({ config }: Context): number {
  const upTo = remembered.get(config.name) ?? 0;
  remembered.set(config.name, diaryOf(config).entries.length);
  return upTo;
}

const flaws: [string, string, Partial<Connector>][] = [
  [
    'a delta that says it is everybody',
    'says delta when it leaves people out, so that nobody of them is taken for gone',
    reading(
      ({ state }) => state,
      (right) => ({ ...right, extent: 'full' }),
    ),
  ],
  [
    'a list without its beginning, where no delta is claimed',
    'reads everybody again after a sync that was applied',
    { capabilities: { ...diary.capabilities, delta: false } },
  ],
  [
    'a wish to read again that is not heard',
    'reads what was applied again when somebody asks for it, and not without',
    { capabilities: { ...diary.capabilities, reread: true } },
  ],
  [
    'what was applied left out without a word, whatever the mapping',
    'takes what is still there for news when the mapping is another one, and names it when it is the same',
    { capabilities: { ...diary.capabilities, reread: true } },
  ],
  [
    'a state that is lost when nothing is new',
    'brings nobody, and says delta, when nothing is new',
    reading(
      ({ state }) => state,
      (right, { config, state }) =>
        readUpTo(state) === diaryOf(config).entries.length ? { ...right, state: { upTo: 0 } } : right,
    ),
  ],
  [
    'a memory beside its state',
    'brings again what was read by a sync that was not applied',
    reading((context) => (context.state === null ? null : { upTo: remember(context) })),
  ],
  [
    'a memory of what was cancelled',
    'begins again where the last applied sync ended after one that was cancelled',
    reading((context) => ({ upTo: remember(context) })),
  ],
  [
    'any state taken for its own',
    'takes no state for its own that it never wrote',
    reading(({ state, config }) =>
      state === null || 'upTo' in (state as object) ? state : { upTo: diaryOf(config).entries.length },
    ),
  ],
  [
    'a state that JSON changes',
    'reads everybody once, in the order of the source',
    reading(
      ({ state }) => state,
      (right) => ({ ...right, state: { since: new Date(0) } as unknown as JsonValue }),
    ),
  ],
  [
    'an acknowledgement before anything was applied',
    'leaves the source as it was in checks and in syncs that are not applied',
    reading(
      ({ state }) => state,
      (right, { config }) => {
        diaryOf(config).acknowledged += 1;
        return right;
      },
    ),
  ],
  [
    'a commit that counts how often it is called',
    'commits what was applied, and may be told so again after a crash',
    {
      commit: async ({ config, state }) => {
        diaryOf(config as { name: string }).acknowledged += await Promise.resolve(readUpTo(state));
      },
    },
  ],
  [
    'a commit that does nothing',
    'commits what was applied, and may be told so again after a crash',
    { commit: async () => undefined },
  ],
  [
    'a commit that takes its beginning for its end',
    'finishes a commit that was cut off',
    {
      commit: async (context) => {
        const { name } = context.config as { name: string };
        if (remembered.has(name)) return;
        remembered.set(name, 0);
        context.signal.throwIfAborted();
        await diary.commit?.(context as unknown as Context);
      },
    },
  ],
  [
    'a commit of all that is there',
    'commits what it has read, and nothing that came since',
    {
      ...reading(({ state, config }) => ({ upTo: Math.max(readUpTo(state), diaryOf(config).acknowledged) })),
      commit: async ({ config }) => {
        const of = diaryOf(config as { name: string });
        of.acknowledged = await Promise.resolve(of.entries.length);
      },
    },
  ],
  [
    'a commit that needs no state',
    'commits nothing without a state that says what was read',
    {
      commit: async ({ config }) => {
        const of = diaryOf(config as { name: string });
        of.acknowledged = await Promise.resolve(of.entries.length);
      },
    },
  ],
  [
    'a person in the error of a commit',
    'finishes a commit that was cut off',
    {
      commit: async (context) => {
        if (context.signal.aborted) throw new Error('Stopped at Wilhelmina Zq7.');
        await diary.commit?.(context as unknown as Context);
      },
    },
  ],
];

describe('the contract of connectors that remember and commit', () => {
  it('is kept by one that does both well', async () => {
    const { failed, skipped } = await contractOutcome(diary, subject);
    expect(failed).toEqual([]);
    expect(skipped.filter((name) => /commit|delta/.test(name))).toEqual([
      'reads everybody again after a sync that was applied (does not apply: it reads deltas)',
    ]);
  });

  it.each(flaws)('finds %s', async (_, name, parts) => {
    expect((await contractOutcome(flawed(parts), subject, name)).failed).toEqual([name]);
  });

  it('finds who was deleted and is passed on as if they were not', async () => {
    const name = 'passes on as gone whom the provider has deleted, and nobody else';
    const pushed = flawed({ capabilities: { ...diary.capabilities, push: true } });
    expect((await contractOutcome(pushed, subject, name)).failed).toEqual([name]);
  });

  it('lets no claim pass by skipping each case that tries it', async () => {
    const deltas = [
      'says delta when it leaves people out, so that nobody of them is taken for gone',
      'brings nobody, and says delta, when nothing is new',
      'brings again what was read by a sync that was not applied',
      'takes no state for its own that it never wrote',
    ];
    const skipping = async (names: readonly string[]) =>
      contractOutcome(
        diary,
        {
          ...subject,
          doesNotApply: { ...subject.doesNotApply, ...Object.fromEntries(names.map((one) => [one, 'no'])) },
        },
        'claims nothing that no case here holds it to',
      );
    expect((await skipping(deltas)).failed).toEqual(['claims nothing that no case here holds it to']);
    expect((await skipping(deltas.slice(1))).failed).toEqual([]);
  });

  it('says what a source has to give for it', async () => {
    const start: ContractSubject['start'] = async (given) => {
      const { change: _, traces: __, ...rest } = await subject.start(given);
      return rest;
    };
    const { failed } = await contractOutcome(diary, { ...subject, start });
    expect(failed).toContain('brings nobody, and says delta, when nothing is new');
    expect(failed).toContain('commits what was applied, and may be told so again after a crash');
  });
});
