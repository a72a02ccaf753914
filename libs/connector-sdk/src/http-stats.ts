export const RETRY_CAUSES = ['network', 'timeout', 'truncated', 'badResponse'] as const;
/** Why a request was sent again: a status (`"429"`, `"503"`, `"401"` after a renewed token) or what broke. */
export type RetryCause = (typeof RETRY_CAUSES)[number] | `${number}`;

/** What a client has done so far; a sync shows it. */
export interface HttpStats {
  /** Requests sent, every attempt counted. */
  requests: number;
  /** Of these, repetitions. */
  retries: number;
  retriesByCause: Partial<Record<RetryCause, number>>;
  /** By the HTTP status that was not good enough; `network`: there was no answer, or not a whole one. */
  retriesByStatus: Record<string, number>;
  /** Answers by HTTP status; `network` counts the requests that got none, or not a whole one. */
  byStatus: Record<string, number>;
  /** Time spent waiting between attempts. */
  waitedMs: number;
  /** Of bodies, as they came: compressed bytes count as such. */
  bytesReceived: number;
}
