import { Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { MusterConfig } from '#config';
import { Logger } from '#telemetry';
import { InlinePageMapper } from './inline-page-mapper.js';
import { MapperOutput, MapRecordsStage } from './map-records.stage.js';
import { PageMapper } from './page-mapper.js';
import { SyncCache } from './sync-cache.js';
import { ThreadedPageMapper } from './threaded-page-mapper.js';

/** Node starts threads from what was built; run from the sources, the mapper works in the main thread. */
const threadFile = new URL('./mapper-thread.js', import.meta.url);
const isBuilt = import.meta.url.endsWith('.js');

@Injectable()
class CloseMapper implements OnApplicationShutdown {
  constructor(private readonly mapper: PageMapper) {}

  async onApplicationShutdown(): Promise<void> {
    await this.mapper.close();
  }
}

/** The role that makes users of raw records. Needs the platform's ports. */
@Module({
  controllers: [MapRecordsStage],
  providers: [
    SyncCache,
    MapperOutput,
    CloseMapper,
    {
      provide: PageMapper,
      inject: [MusterConfig, Logger],
      useFactory: ({ mapperThreads }: MusterConfig, logger: Logger): PageMapper =>
        mapperThreads > 0 && isBuilt
          ? new ThreadedPageMapper({ threads: mapperThreads, file: threadFile, logger })
          : new InlinePageMapper(),
    },
  ],
})
export class MapperModule {}
