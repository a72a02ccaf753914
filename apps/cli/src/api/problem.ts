import { CliError } from '../cli.errors.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';

/** A problem document of the API (RFC 9457), as far as this program reads it. */
export interface Problem {
  code: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors: { pointer?: string; parameter?: string; message: string; position?: number }[];
}

/** Of Muster itself, or of a proxy before it that does not reach it. */
const unavailable = new Set([502, 503, 504]);

/** The API answered with a problem. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
  }

  get exitCode(): ExitCode {
    const { status } = this.problem;
    if (status === 401 || status === 403) return exitCodes.access;
    if (status === 404) return exitCodes.notFound;
    if (unavailable.has(status)) return exitCodes.unreachable;
    if (status === 409 || status === 412 || status === 428) return exitCodes.conflict;
    return status < 500 ? exitCodes.usage : exitCodes.fault;
  }
}

/** Whether an error means that Muster is not there at the moment, and may be again soon. */
export function isAway(error: unknown): boolean {
  return (error instanceof CliError || error instanceof ApiProblem) && error.exitCode === exitCodes.unreachable;
}

/** Reads a problem out of an answer; something that is none (a proxy's page) becomes one. */
export function toProblem(status: number, body: string): Problem {
  try {
    const parsed = JSON.parse(body) as Partial<Problem> | null;
    if (typeof parsed?.code === 'string' && typeof parsed.detail === 'string') {
      return { title: '', instance: '', errors: [], ...parsed, status, code: parsed.code, detail: parsed.detail };
    }
  } catch {
    // Not JSON: said below.
  }
  const detail = `The answer is not Muster’s (HTTP ${String(status)}). Is the address right?`;
  return { code: 'notMuster', title: 'Not Muster', status, detail, instance: '', errors: [] };
}
