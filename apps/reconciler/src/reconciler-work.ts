import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { SettlementStore, SyncStore, type OpenSync, type Sync } from '#core';
import { TypedBus, type Work, type WorkLoop, WorkLoops } from '#pipeline';
import { UserAnonymiser } from './anonymise-users.js';
import { SliceDispatcher } from './apply/dispatch-slices.js';
import { EditPlanner } from './plan/plan-edit.js';
import { UndoPlanner } from './plan/plan-undo.js';
import { SyncSettler } from './settle/settle-sync.js';
import { UndoSettler } from './settle/settle-undo.js';
import { SyncCache } from './sync-cache.js';

/** What syncs without a snapshot are planned by. */
@Injectable()
export class CommandTasks {
  constructor(
    readonly edits: EditPlanner,
    readonly undos: UndoPlanner,
    readonly undoSettler: UndoSettler,
  ) {}
}

/** The tasks that the claimed work hands over to. */
@Injectable()
export class ReconcilerTasks {
  constructor(
    readonly settler: SyncSettler,
    readonly dispatcher: SliceDispatcher,
    readonly commands: CommandTasks,
    readonly anonymiser: UserAnonymiser,
    readonly cache: SyncCache,
  ) {}
}

/** The reconciler's claimed work: settling, applying, changes by hand, undos, anonymising. */
@Injectable()
export class ReconcilerWork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: WorkLoop;

  constructor(
    workLoops: WorkLoops,
    private readonly syncs: SyncStore,
    private readonly settlements: SettlementStore,
    private readonly tasks: ReconcilerTasks,
    private readonly bus: TypedBus,
  ) {
    this.loop = workLoops.make('reconciler', { find: () => this.find() });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  wake(): void {
    this.loop.wake();
  }

  private async find(): Promise<Work[]> {
    const work: Work[] = [];
    for (const sync of await this.syncs.open()) {
      const task = await this.taskFor(sync);
      if (task !== null) work.push(task);
    }
    if (await this.tasks.anonymiser.isDue()) {
      work.push({ key: 'anonymise', run: (_lease, signal) => this.tasks.anonymiser.run(signal) });
    }
    return work;
  }

  private async taskFor(sync: OpenSync): Promise<Work | null> {
    const { id, tenantId, state } = sync;
    if (state === 'planning' && sync.edit !== null) {
      return { key: `${id}:edit`, run: async () => this.tasks.commands.edits.plan(await this.withSettings(sync)) };
    }
    if (state === 'planning' && sync.undo !== null) {
      return {
        key: `${id}:undo`,
        run: async (lease, signal) => this.tasks.commands.undos.plan(await this.withSettings(sync), lease, signal),
      };
    }
    if (state === 'settling' && (await this.settlements.header(tenantId, id)) === null) {
      return {
        key: `${id}:settle`,
        run: async (lease, signal) => {
          if (sync.undo !== null) await this.tasks.commands.undoSettler.settle(await this.withSettings(sync), lease);
          else await this.tasks.settler.settle(await this.tasks.cache.get(tenantId, id), lease, signal);
          await this.wakeReporter(sync);
        },
      };
    }
    if (state === 'applying' && (await this.settlements.sliceList(tenantId, id, sync.round))?.finished !== true) {
      return {
        key: `${id}:apply`,
        run: async (lease, signal) => {
          await this.tasks.dispatcher.run(sync, lease, signal);
        },
      };
    }
    return null;
  }

  private async withSettings({ tenantId, id }: OpenSync): Promise<Sync> {
    return (await this.tasks.cache.get(tenantId, id)).sync;
  }

  private async wakeReporter({ tenantId, integrationId, id: syncId }: OpenSync): Promise<void> {
    await this.bus.publish('sync-commands', 'bulk', [{ role: 'reporter', tenantId, integrationId, syncId }]);
  }
}
