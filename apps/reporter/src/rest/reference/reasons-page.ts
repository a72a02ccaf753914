import { outcomeReasons } from '#core';
import { manualTexts, reasonTexts, type ReasonText } from '../v1/tenants/outcomes/reason-texts.js';

/** `docs/reference/reason-codes.md`. */
export function reasonsPage(): string {
  const sections = outcomeReasons.map((reason) => {
    const texts = [reasonTexts[reason], ...(reason === 'manual' ? Object.values(manualTexts) : [])];
    return `## ${reason}\n\n${texts.map(toParagraphs).join('\n\n')}`;
  });
  return `# Reason codes

<!-- Generated from apps/reporter/src/rest/v1/tenants/outcomes/reason-texts.ts: change it there, then \`npm run docs:reference\`. -->

Every outcome of a sync says what becomes of a person and why. The code is stable, for filters (\`?reason=\`) and scripts; the words
are what the API and the CLI say beside it. These are all.

${outcomeReasons.map((reason) => `[\`${reason}\`](#${reason.toLowerCase()})`).join(' · ')}

${sections.join('\n\n')}
`;
}

function toParagraphs({ why, next }: ReasonText): string {
  return `${why}\n\n${next === null ? 'Nothing needs doing.' : `What to do: ${next}`}`;
}
