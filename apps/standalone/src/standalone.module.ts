import { type DynamicModule, Module } from '@nestjs/common';
import type { MusterConfig } from '#config';
import { FetcherModule } from '#fetcher';
import { MapperModule } from '#mapper';
import { PlatformModule, type PlatformOverrides } from '#platform';
import { ReconcilerModule } from '#reconciler';
import { ReporterModule } from '#reporter';

/** All four roles in one process. */
@Module({})
export class StandaloneModule {
  static forRoot(config: MusterConfig, overrides: PlatformOverrides): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        PlatformModule.forRoot(config, overrides),
        FetcherModule,
        MapperModule,
        ReconcilerModule,
        ReporterModule,
      ],
    };
  }
}
