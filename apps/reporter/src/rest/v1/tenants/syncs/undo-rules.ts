import { Injectable } from '@nestjs/common';
import { OutcomeStore, type Sync, type UndoCommand } from '#core';
import { Undos } from '../../../../undo/undos.js';
import { ProblemError } from '../../../http/problem.errors.js';

/** What must hold before a sync is undone. */
@Injectable()
export class UndoRules {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly undos: Undos,
  ) {}

  /**
   * What an undo of the sync would be about, fixed.
   *
   * @throws ProblemError `notEnded`, `nothingToUndo` or `alreadyUndone`, each with what to do instead
   */
  async commandFor(sync: Sync): Promise<UndoCommand> {
    await this.requireEnd(sync);
    const outcomes = await this.undos.countApplied(sync);
    if (outcomes === 0) {
      const detail = 'It has changed nobody. Look at its outcomes; only those that were applied can be taken back.';
      throw new ProblemError('nothingToUndo', detail);
    }
    const { tenantId, id, round } = sync;
    if ((await this.outcomes.list(tenantId, id, { state: 'applied' }, -1, 1)).length === 0) {
      const detail = 'What was there before it is past retention. Change the users by hand, or sync from the source.';
      throw new ProblemError('nothingToUndo', detail);
    }
    await this.requireNotUndone(sync, outcomes);
    return { syncId: id, round, outcomes, byHand: sync.edit !== null || sync.undo?.byHand === true };
  }

  /** @throws ProblemError `alreadyUndone` when a live undo takes back, or can still take back, as much as this one would */
  async requireNotUndone(sync: Sync, outcomes: number): Promise<void> {
    const first = await this.undos.of(sync, outcomes);
    if (first === null) return;
    if (first.state === 'awaitingApproval') {
      const detail = `Sync ${first.id} undoes a part of it, and the rest of that plan waits. Approve the rest there, or reject it.`;
      throw new ProblemError('alreadyUndone', detail);
    }
    let newest = first;
    for (let next: Sync | null = first; next !== null;) {
      newest = next;
      next = await this.undos.of(newest, Math.max(1, await this.undos.countApplied(newest)));
    }
    const detail = `Sync ${first.id} undoes it. To take that back, undo sync ${newest.id}${newest === first ? '' : ', the newest of them'}.`;
    throw new ProblemError('alreadyUndone', detail);
  }

  private async requireEnd(sync: Sync): Promise<void> {
    if (!(await this.undos.isAtWork(sync))) return;
    const detail = `The sync is still at work (${sync.state}). Wait for its end, or cancel it; then undo it.`;
    throw new ProblemError('notEnded', detail);
  }
}
