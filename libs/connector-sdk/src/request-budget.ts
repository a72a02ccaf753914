/** What a source may be asked, shared by all that ask it. Whoever has taken a request sends it at once. */
export interface RequestBudget {
  /**
   * Resolves when one more request may be sent, which may take minutes.
   *
   * @throws the signal's reason, at once when it aborts
   */
  take(signal: AbortSignal): Promise<void>;
  /** The source has answered with this status that it wants to be left alone for so long: nobody is to ask it meanwhile. */
  rest(wish: { readonly status: number; readonly ms: number }): void;
}
