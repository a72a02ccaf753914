import { Module } from '@nestjs/common';
import { UserAnonymiser } from './anonymise-users.js';
import { SliceApplier } from './apply/apply-slice.js';
import { ApplySliceStage } from './apply/apply-slice.stage.js';
import { DispatchWork, SliceDispatcher } from './apply/dispatch-slices.js';
import { SliceLister } from './apply/list-slices.js';
import { ReferenceResolver } from './apply/resolve-references.js';
import { ReconcilerCommandsStage } from './commands.stage.js';
import { CandidateFinder } from './plan/candidate-finder.js';
import { EditPlanner } from './plan/plan-edit.js';
import { UndoPagePlanner } from './plan/plan-undo-page.js';
import { UndoPlanner, UndoWork } from './plan/plan-undo.js';
import { PagePlanner } from './plan/plan-page.js';
import { PlanPageStage } from './plan/plan-page.stage.js';
import { CommandTasks, ReconcilerTasks, ReconcilerWork } from './reconciler-work.js';
import { RecordReader } from './record-reader.js';
import { RemovalFinder } from './settle/find-removals.js';
import { KeySettler } from './settle/settle-keys.js';
import { PeopleSettler } from './settle/settle-people.js';
import { ScopeLeavers } from './settle/settle-scope.js';
import { SettleStores, SyncSettler } from './settle/settle-sync.js';
import { UndoSettler } from './settle/settle-undo.js';
import { SyncCache } from './sync-cache.js';

/** Matches, diffs, settles and applies: the only role that writes the user directory. */
@Module({
  controllers: [PlanPageStage, ApplySliceStage, ReconcilerCommandsStage],
  providers: [
    SyncCache,
    RecordReader,
    PagePlanner,
    CandidateFinder,
    EditPlanner,
    UndoPagePlanner,
    UndoPlanner,
    UndoWork,
    SettleStores,
    SyncSettler,
    PeopleSettler,
    KeySettler,
    RemovalFinder,
    ScopeLeavers,
    UndoSettler,
    SliceLister,
    SliceDispatcher,
    DispatchWork,
    SliceApplier,
    ReferenceResolver,
    UserAnonymiser,
    CommandTasks,
    ReconcilerTasks,
    ReconcilerWork,
  ],
})
export class ReconcilerModule {}
