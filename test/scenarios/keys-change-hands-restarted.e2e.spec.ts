import { describeInterruptedTransfers } from '../support/interrupted-transfers.js';
import { RunningMuster } from '../support/running-muster.js';

describeInterruptedTransfers('by an orderly restart', 6, async () => {
  const muster = await RunningMuster.start();
  return {
    get api() {
      return muster.api;
    },
    interrupt: () => muster.restart(),
    stop: () => muster.stop(),
  };
});
