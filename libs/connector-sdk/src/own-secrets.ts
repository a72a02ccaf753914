/**
 * An integration's own secrets as they are stored, for those that the source itself renews, such as a refresh token that is
 * good for one use. That is the one trace which dry syncs and checks leave, too.
 */
export interface OwnSecrets {
  /** As stored at this moment; null when there is none. */
  read(name: string): Promise<string | null>;
  /**
   * Puts `to` in the place of `from`, encrypted and safe from a crash once it resolves. `changed` when another value is
   * stored by then, an admin's or another process's: that one stays.
   */
  replace(name: string, change: { from: string; to: string }): Promise<'replaced' | 'changed'>;
}

/** Where there are none, or none that a source renews. */
export const noOwnSecrets: OwnSecrets = { read: async () => null, replace: async () => 'changed' };
