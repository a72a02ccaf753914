export { checkCron, type CronProblem } from './check-cron.js';
export { decideRun, type RunDecision } from './decide-run.js';
export { judgeRun } from './judge-run.js';
export { nextRun } from './next-run.js';
export { effectiveMode } from './effective-mode.js';
