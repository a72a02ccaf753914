import type { EncodedMessage, ErrorCode } from '#core';
import type { PageIdentities, PageJobInput, SeenOfPage } from './page-job.js';

/** What the main thread tells a mapper thread. */
export type ToThread =
  | { kind: 'begin'; job: number; input: PageJobInput; lookUp: boolean }
  | { kind: 'finish'; job: number; seen: SeenOfPage };

/** What a mapper thread answers. */
export type FromThread =
  | { kind: 'identified'; job: number; identities: PageIdentities }
  | { kind: 'mapped'; job: number; message: EncodedMessage }
  | { kind: 'refused'; job: number; code: ErrorCode; message: string }
  | { kind: 'failed'; job: number; name: string; message: string; stack: string };
