import { roles } from '#core';
import type { Fault } from '../fault.js';
import { awayWhileStarting } from './away-while-starting.js';
import { droppedAnswers } from './drop-answers.js';
import { networkFaults } from './harm-network.js';
import { killRole } from './kill-role.js';
import { poison } from './poison.js';
import { restartServer } from './restart-server.js';
import { sendAgain } from './send-again.js';
import { twoFetchers, zombie } from './zombie.js';

/**
 * Every fault that is known, by its row in the table.
 *
 * @param outageMs how long MongoDB stays away in the row about that
 */
export function allFaults(outageMs: number): readonly Fault[] {
  return [
    ...roles.map(killRole),
    restartServer('kafka'),
    restartServer('mongodb'),
    restartServer('mongodb', outageMs),
    ...networkFaults,
    ...droppedAnswers,
    awayWhileStarting,
    sendAgain,
    ...roles.map(zombie),
    twoFetchers,
    poison,
  ];
}
