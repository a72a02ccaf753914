/**
 * Scenarios that only the embedded engine runs, each with the reason why. Every other file of this folder runs on both
 * engines as it stands: `one-list.int.spec.ts` holds the test runner to that.
 */
export const embeddedOnly: Readonly<Record<string, string>> = {
  'command-line-killed.e2e.spec.ts':
    'Kills the one process that holds all roles, for what is on the other side of the connection: that is the same on both engines.',
  'demo.e2e.spec.ts':
    'The demo is a program that starts the embedded engine by itself: what somebody sees on a machine without servers.',
  'keys-change-hands-killed.e2e.spec.ts':
    'Kills the one process that holds all roles. Its twin keys-change-hands-restarted.e2e.spec.ts runs on both engines; roles are killed one by one in test/chaos.',
  'kill-standalone.e2e.spec.ts':
    'Kills the one process that holds all roles and reads its data directory afterwards; roles are killed one by one in test/chaos.',
  'pushed-people-killed.e2e.spec.ts':
    'Kills the one process that holds all roles; that the store has what was answered is held to the same suite on both engines.',
  'workday-killed.e2e.spec.ts':
    'Kills the one process that holds all roles; that the store has the token is held to the same suite on both engines.',
};
