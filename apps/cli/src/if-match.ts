/** The header of a change to what was seen in this revision: the API refuses it when there is another by now. */
export function ifMatch(revision: number): Record<string, string> {
  return { 'if-match': `"${String(revision)}"` };
}
