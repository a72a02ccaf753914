/** Ways in which real sources fail. What each does is told in the connector's README. */
export const MISBEHAVIOURS = [
  'truncate',
  'dropLastPage',
  'loseHalf',
  'wrongTotal',
  'loopCursor',
  'expireToken',
  'error500',
  'empty200',
  'emptyList',
  'repeatRow',
  'dropAndRepeat',
  'rateLimit',
  'slow',
  'drip',
  'gzipBomb',
  'redirect',
  'sourceChanged',
  'junkRecord',
] as const;
export type MisbehaviourKind = (typeof MISBEHAVIOURS)[number];

export interface Misbehaviour {
  readonly kind: MisbehaviourKind;
  /** For how many requests that it can touch; left out: until cleared. */
  readonly times?: number;
  /** How many such requests to leave alone first. */
  readonly after?: number;
  /** Which requests. Kinds that are about pages touch lists only, whatever this says. Default `list`. */
  readonly on?: 'list' | 'person' | 'token';
  /** truncate: whether `content-length` tells the cut length (`correct`) or the whole one (`wrong`, the default). */
  readonly contentLength?: 'correct' | 'wrong';
  /** wrongTotal: what to declare. Default: seven more than there are. */
  readonly total?: number;
  /** rateLimit: default 1. */
  readonly retryAfterSeconds?: number;
  /** rateLimit: send the moment as an HTTP date. */
  readonly retryAfterAsDate?: boolean;
  /** error500: default 500. */
  readonly status?: number;
  /** slow: default 250. drip: between two pieces, default 20. */
  readonly delayMs?: number;
  /** redirect: where to. Default: an address of a private network. */
  readonly location?: string;
  /** junkRecord: the page's first row, made invalid inside with its id still readable (default), or a bare number. */
  readonly junk?: 'invalidJson' | 'wrongType';
}

interface Active {
  readonly misbehaviour: Misbehaviour;
  skip: number;
  left: number;
}

/** What is switched on at present. */
export class MisbehaviourSwitch {
  private readonly active = new Map<MisbehaviourKind, Active>();

  set(misbehaviour: Misbehaviour): void {
    const { kind, times, after } = misbehaviour;
    this.active.set(kind, { misbehaviour, skip: after ?? 0, left: times ?? Number.POSITIVE_INFINITY });
  }

  clear(kind?: MisbehaviourKind): void {
    if (kind === undefined) {
      this.active.clear();
    } else {
      this.active.delete(kind);
    }
  }

  list(): { kind: MisbehaviourKind; left: number | null }[] {
    return [...this.active.values()].map(({ misbehaviour, left }) => ({
      kind: misbehaviour.kind,
      left: Number.isFinite(left) ? left : null,
    }));
  }

  /** The setting, when this request is to be touched by it; counts the request. */
  take(kind: MisbehaviourKind, on: 'list' | 'person' | 'token'): Misbehaviour | null {
    const active = this.active.get(kind);
    if (!active || (active.misbehaviour.on ?? 'list') !== on) {
      return null;
    }
    if (active.skip > 0) {
      active.skip -= 1;
      return null;
    }
    active.left -= 1;
    if (active.left <= 0) {
      this.active.delete(kind);
    }
    return active.misbehaviour;
  }
}
