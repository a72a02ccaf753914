import { createHash } from 'node:crypto';
import type { RawRecord } from '../raw-record.js';

/**
 * Notices a page that is the one before it, byte for byte: a source that does not understand where it is asked to go on. A single record that
 * comes twice is no such page: that may be a row which the source has twice.
 */
export class PageRepeat {
  private last: string | null = null;

  isOf(records: readonly RawRecord[]): boolean {
    if (records.length < 2) return false;
    const digest = createHash('sha256');
    for (const { bytes } of records) digest.update(`${bytes.length}:`).update(bytes);
    const page = digest.digest('base64url');
    const isSame = page === this.last;
    this.last = page;
    return isSame;
  }
}
