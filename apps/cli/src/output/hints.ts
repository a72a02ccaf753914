import type { Problem } from '../api/problem.js';

/** The commands that help after a problem, where the API's own advice speaks of requests. */
export function hints({ code, errors }: Pick<Problem, 'code' | 'errors'>): string[] {
  const [first] = errors;
  switch (code) {
    case 'dryFirst':
      return ['muster sync run --wait', 'muster sync approve <sync> --all --wait'];
    case 'forbidden':
    case 'unauthenticated':
      return ['muster me', 'Another key: MUSTER_API_KEY=<key>, or --api-key <key>'];
    case 'integrationDisabled':
      return ['muster integration update <integration> --enable'];
    case 'mappingInvalid':
      return errors
        .flatMap(({ pointer }) => /^\/attributes\/(custom\..+)$/.exec(pointer ?? '')?.[1] ?? [])
        .map((name) => `muster attribute put ${name} --type <type>`);
    case 'noActiveMapping':
      return ['muster mapping create <integration> --default --activate'];
    case 'notFound':
      return ['muster tenant list', 'muster integration list', 'muster sync list'];
    case 'alreadyUndone':
    case 'notEnded':
    case 'nothingToUndo':
    case 'notApprovable':
    case 'planChanged':
    case 'superseded':
      return ['muster sync list', 'muster sync show <sync>'];
    case 'invalidRequest':
    case 'unprocessable':
      return first?.pointer === '/connectorId' ? ['muster connector list'] : [];
    default:
      return [];
  }
}
