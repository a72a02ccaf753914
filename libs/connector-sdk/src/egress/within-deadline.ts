/**
 * Does work that may take a limited time.
 *
 * @param late what is thrown when the time is over; when `signal` is aborted, its reason is
 */
export async function withinDeadline<T>(
  { signal, timeoutMs, late }: { signal?: AbortSignal | undefined; timeoutMs: number; late: () => Error },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  const either = signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]);
  try {
    either.throwIfAborted();
    return await work(either);
  } catch (error) {
    signal?.throwIfAborted();
    throw deadline.signal.aborted ? late() : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Stops waiting for what cannot be stopped itself; what comes of it later is dropped. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
