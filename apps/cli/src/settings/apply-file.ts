import { fromJsonPointer } from '#core';
import { ApiProblem } from '../api/problem.js';
import { CliError } from '../cli.errors.js';
import { type CommandContext, show } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { hints } from '../output/hints.js';
import { printChange } from '../output/settings-diff.js';
import { Terminal } from '../output/terminal.js';
import { SettingsWriter } from './settings-writer.js';
import { planFile, type PlanOptions, type TenantPlan } from './plan-file.js';
import { type SettingsChange, subject } from './settings-change.js';
import { mistaken, parseSettings, told } from './settings-file.js';

export interface ApplyOptions extends PlanOptions {
  /** As messages call it. */
  file: string;
  yes: boolean;
  dryRun: boolean;
}

interface Step {
  plan: TenantPlan;
  change: SettingsChange;
  state: 'planned' | 'applied' | 'refused';
}

/** Shows what a file changes, asks, and changes it; stops at the first refusal and says how far it came. */
export async function applyFile(context: CommandContext, text: string, options: ApplyOptions): Promise<void> {
  const plans = await planFile(options.file, parseSettings(text, options.file), context, options);
  const steps = plans.flatMap((plan) => plan.changes.map((change): Step => ({ plan, change, state: 'planned' })));
  if (!context.json) printPlans(context, plans);
  try {
    if (steps.length > 0 && !options.dryRun) {
      requireSecrets(context, steps, options.file);
      await requireYes(context, steps.length, options);
      await carryOut(context, plans, steps);
    }
  } finally {
    show(context, toResult(steps), () => {});
  }
}

function printPlans({ terminal, url }: CommandContext, plans: readonly TenantPlan[]): void {
  for (const { name, changes } of plans) {
    const isSame = changes.length === 0;
    terminal.print(
      `${terminal.style('bold', `Tenant ${Terminal.clean(name)} at ${url}`)}${isSame ? ': nothing to change.' : ''}`,
    );
    for (const change of changes) printChange(terminal, change);
  }
}

/** @throws CliError that names every variable that is not set */
function requireSecrets({ env }: CommandContext, steps: readonly Step[], file: string): void {
  const missing = steps.flatMap(({ plan, change }) => {
    const secrets = change.kind === 'integration' ? Object.entries(change.secrets) : [];
    const mistakes = secrets
      .filter(([, variable]) => (env[variable] ?? '') === '')
      .map(([secret, variable]) => ({
        path: [...change.path, 'secrets', secret],
        message: `The environment has no ${variable}: set it to the secret.`,
      }));
    return told(mistakes, plan.document.place);
  });
  if (missing.length > 0) throw mistaken(file, missing);
}

/** @throws CliError when nobody says yes */
async function requireYes({ terminal, json }: CommandContext, changes: number, { yes }: ApplyOptions): Promise<void> {
  if (yes) return;
  const answer = json ? null : await terminal.ask(`Apply ${many(changes)}? [y/N] `);
  if (answer !== null && /^y(es)?$/i.test(answer.trim())) return;
  throw new CliError(`Nothing was applied: nobody said yes to ${many(changes)}.`, exitCodes.attention, [
    'Apply without a question: --yes',
  ]);
}

async function carryOut(context: CommandContext, plans: readonly TenantPlan[], steps: readonly Step[]): Promise<void> {
  const { api, apiOf, env, terminal, json } = context;
  const say = (mark: string, step: Step) => {
    if (!json) terminal.print(`${mark} ${Terminal.clean(subject(step.change))}`);
  };
  if (!json) terminal.print();
  const writers = new Map(
    plans.map((plan) => [
      plan,
      new SettingsWriter(api, apiOf, plan.present === null ? null : apiOf(plan.present.tenant.id), env),
    ]),
  );
  for (const step of steps) {
    try {
      await writers.get(step.plan)?.carryOut(step.change);
    } catch (error) {
      step.state = 'refused';
      say(terminal.style('red', '✗'), step);
      for (const later of steps.filter(({ state }) => state === 'planned')) say('–', later);
      throw stopped(error, step, steps);
    }
    step.state = 'applied';
    say(terminal.style('green', '✓'), step);
  }
  if (!json) terminal.print(`Applied ${many(steps.length)}.`);
}

/** A refusal with its places in the file, and how far things have come. */
function stopped(error: unknown, { change, plan }: Step, steps: readonly Step[]): unknown {
  const applied = steps.filter(({ state }) => state === 'applied').length;
  const far = `Applied ${String(applied)} of ${many(steps.length)}; applying again does what is missing.`;
  if (error instanceof CliError) return new CliError(error.message, error.exitCode, [...error.next, far]);
  if (!(error instanceof ApiProblem)) return error;
  const { problem } = error;
  const mistakes = problem.errors.map(({ pointer = '', message, position }) => ({
    path: [...change.path, ...fromJsonPointer(pointer)],
    message: `${message}${position === undefined ? '' : ` (at character ${String(position)})`}`,
  }));
  const { place } = plan.document;
  const places = mistakes.length === 0 ? [place(change.path)] : told(mistakes, place);
  return new CliError(Terminal.clean(`${problem.title}. ${problem.detail}`), error.exitCode, [
    ...places.map(({ text }) => Terminal.clean(text)),
    ...hints(problem),
    far,
  ]);
}

function many(changes: number): string {
  return `${String(changes)} change${changes === 1 ? '' : 's'}`;
}

function toResult(steps: readonly Step[]): object {
  return {
    changes: steps.map(({ plan, change, state }) => ({
      tenant: plan.name,
      kind: change.kind,
      name: change.name,
      action: change.kind === 'attributeGone' ? 'delete' : change.isNew ? 'create' : 'update',
      state,
      fields: change.fields.map(({ field, before = null, after = null }) => ({ field, before, after })),
    })),
  };
}
