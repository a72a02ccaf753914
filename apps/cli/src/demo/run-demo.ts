import type { SyncDetail } from '#api-client';
import { count } from '../output/text.js';
import type { DemoMuster } from './demo-muster.js';
import type { DemoOutput } from './demo-output.js';
import type { DemoSource } from './demo-source.js';

/** The story: a company arrives, changes, and half of it seems to vanish. */
export class Demo {
  constructor(
    private readonly muster: DemoMuster,
    private readonly source: DemoSource,
    private readonly out: DemoOutput,
  ) {}

  async run(sourceUrl: string): Promise<void> {
    await this.connect(sourceUrl);
    await this.arrive();
    await this.change();
    await this.loseHalf();
  }

  private async connect(sourceUrl: string): Promise<void> {
    this.out.title('1  Connect the source');
    await this.muster.createTenant('Acme');
    const check = await this.muster.connect(sourceUrl);
    for (const { ok, message } of check.steps) this.out.line(`${ok ? '✓' : '✗'} ${message}`);
    const { attributes } = await this.muster.useDefaultMapping();
    this.out.line(
      `✓ Mapping: ${String(Object.keys(attributes).length)} JMESPath expressions, e.g. fullName ← ${attributes['fullName'] ?? ''}`,
    );
  }

  private async arrive(): Promise<void> {
    this.out.title('2  Dry sync: the whole plan, and nobody is touched');
    const dry = await this.follow(await this.muster.start('dry'));
    this.out.line(dry.summary);
    this.out.totals(dry.totals);
    this.out.line();
    this.out.examples([
      ...(await this.muster.outcomes(dry.id, { outcome: 'created' }, 3)),
      ...(await this.muster.outcomes(dry.id, { outcome: 'failed' }, 3)),
    ]);

    this.out.title('3  Approve it: exactly that plan is applied');
    const live = await this.follow(dry.id, await this.muster.approve(dry));
    this.out.line(live.summary);
    this.out.line(speed(live));
  }

  private async change(): Promise<void> {
    this.out.title('4  A week goes by: 25 hires, 40 moves, 2 weddings, 12 leavers, an e-mail address passed on');
    // The simulator takes people from the end of its list: leavers first, or the new ones would be the first to go.
    await this.source.terminate(8);
    await this.source.remove(4);
    await this.source.passEmail();
    await this.source.rename(2);
    await this.source.move(40);
    await this.source.hire(25);
    const sync = await this.follow(await this.muster.start('live'));
    this.out.line(sync.summary);
    this.out.totals(sync.totals);
    this.out.line();
    for (const outcome of ['created', 'updated', 'deprovisioned', 'failed'] as const) {
      this.out.examples(await this.muster.outcomes(sync.id, { outcome }, 2));
      this.out.line();
    }
  }

  private async loseHalf(): Promise<void> {
    this.out.title('5  The source loses half the company, and says that this is all');
    const before = await this.muster.activeUsers();
    await this.source.loseHalf();
    const sync = await this.follow(await this.muster.start('live'));
    this.out.line(sync.summary);
    this.out.totals(sync.totals);
    this.out.line();
    for (const { tripped, rule, message } of sync.safeguards) {
      if (tripped) this.out.line(`✋ ${rule}: ${message}`);
    }
    const after = await this.muster.activeUsers();
    if (after < before) throw new Error(`${String(before - after)} people lost their access: this must never happen`);
    this.out.line(`Active before ${count(before)}, active after ${count(after)}: everyone is still there.`);

    this.out.title('6  The source is well again');
    await this.source.behave();
    const good = await this.follow(await this.muster.start('live'));
    this.out.line(good.summary);
  }

  private async follow(id: string, round = -1): Promise<SyncDetail> {
    const sync = await this.muster.follow(
      id,
      (progress) => {
        this.out.progress(progress);
      },
      round,
    );
    this.out.endProgress();
    if (sync.state === 'failed') throw new Error(sync.summary);
    return sync;
  }
}

function speed({ createdAt, endedAt, totals }: SyncDetail): string {
  const people = totals.reduce((sum, total) => sum + total.count, 0);
  const seconds = (Date.parse(endedAt ?? '') - Date.parse(createdAt)) / 1000;
  return `${count(people)} people, ${seconds.toFixed(1)} s from the dry sync's start to the last user written.`;
}
