/** What the simulator was asked, and what it answered. */
export interface Counters {
  token: number;
  list: number;
  person: number;
  /** Requests to the API that would change something; there are none, so they are refused. */
  writes: number;
  unknown: number;
  tokensIssued: number;
  rowsSent: number;
  /** Answers of the API by status. */
  byStatus: Record<string, number>;
}

export function noCounts(): Counters {
  return { token: 0, list: 0, person: 0, writes: 0, unknown: 0, tokensIssued: 0, rowsSent: 0, byStatus: {} };
}
