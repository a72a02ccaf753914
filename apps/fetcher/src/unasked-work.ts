import { Injectable } from '@nestjs/common';
import { ArrivalWork } from './arrival-work.js';
import { ScheduleWork } from './schedule-work.js';
import { PushWork } from './scim/push-work.js';

/** What begins syncs that nobody has asked for. */
@Injectable()
export class UnaskedWork {
  constructor(
    readonly schedules: ScheduleWork,
    readonly pushes: PushWork,
    readonly arrivals: ArrivalWork,
  ) {}
}
