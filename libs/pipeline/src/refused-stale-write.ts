/** What the log says when somebody who had been replaced came too late with a write: nothing was written. */
export const refusedStaleWrite = 'A write was refused: the work is in other hands by now.';
