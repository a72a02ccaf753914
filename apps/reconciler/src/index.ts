export { ReconcilerModule } from './reconciler.module.js';
