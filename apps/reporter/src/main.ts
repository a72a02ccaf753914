import 'reflect-metadata';
import { RetentionModule, runMuster } from '#platform';
import { ReporterModule } from './reporter.module.js';
import { announce } from './rest/announce.js';
import { RestAdapter } from './rest/http/rest-adapter.js';

await runMuster(
  'reporter',
  (config) => ({ modules: [ReporterModule, RetentionModule], http: new RestAdapter(config) }),
  announce,
);
