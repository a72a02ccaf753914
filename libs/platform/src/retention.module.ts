import { Module } from '@nestjs/common';
import { Retention, RetentionStores } from './retention.js';

/** Deletes what has been kept long enough. Belongs to the reporter, whose rows most of it are. */
@Module({ providers: [Retention, RetentionStores] })
export class RetentionModule {}
