import type { RoleName } from '#core';

/** What runs: a role alone, or all of them in one process. */
export type Program = RoleName | 'standalone';

/** So that all roles can run on one machine. */
export const defaultPorts: Readonly<Record<Program, number>> = {
  standalone: 8080,
  reporter: 8080,
  fetcher: 8081,
  mapper: 8082,
  reconciler: 8083,
};

/** Who seals the sources' secrets, or opens them. */
export const seesSecrets: Readonly<Record<Program, boolean>> = {
  standalone: true,
  reporter: true,
  fetcher: true,
  mapper: false,
  reconciler: false,
};
