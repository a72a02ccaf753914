import type { MusterConfig } from '#config';
import { FetcherModule } from '#fetcher';
import { MapperModule } from '#mapper';
import { type MusterParts, RetentionModule } from '#platform';
import { ReconcilerModule } from '#reconciler';
import { ReporterModule, RestAdapter } from '#reporter';

/** All four roles and the API. */
export function standaloneParts(config: MusterConfig): MusterParts {
  return {
    modules: [FetcherModule, MapperModule, ReconcilerModule, ReporterModule, RetentionModule],
    http: new RestAdapter(config),
  };
}
