/** What stands in the address of the report of one person for their id; a browser writes the braces as `%7B`, `%7D`. */
const PLACEHOLDER = /\{id\}|%7Bid%7D/gi;

/** The address of one person's report. */
export function personReportUrl(template: string, id: string): string {
  return template.replace(PLACEHOLDER, () => encodeURIComponent(id));
}

/** Whether an id put into the template ends up in its path or its query, and nowhere else. */
export function takesId(template: string): boolean {
  const [one, other] = [personReportUrl(template, 'a'), personReportUrl(template, 'b')];
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const [first, second] = [new URL(one), new URL(other)];
  return first.origin === second.origin && first.pathname + first.search !== second.pathname + second.search;
}
