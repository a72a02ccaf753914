import { outcomeReasons } from '#core';
import { reasonTexts } from '../v1/tenants/outcomes/reason-texts.js';

/** `docs/reference/reason-codes.md`. */
export function reasonsPage(): string {
  const sections = outcomeReasons.map((reason) => {
    const { why, next } = reasonTexts[reason];
    return `## ${reason}\n\n${why}\n\n${next === null ? 'Nothing needs doing.' : `What to do: ${next}`}`;
  });
  return `# Reason codes

<!-- Generated from apps/reporter/src/rest/v1/tenants/outcomes/reason-texts.ts: change it there, then \`npm run docs:reference\`. -->

Every outcome of a sync says what becomes of a person and why. The code is stable, for filters (\`?reason=\`) and scripts; the words
are what the API and the CLI say beside it. These are all.

${outcomeReasons.map((reason) => `[\`${reason}\`](#${reason.toLowerCase()})`).join(' · ')}

${sections.join('\n\n')}
`;
}
