import { describe, expect, it } from 'vitest';
import { jsonReportUrl } from './json-report-url.js';

const REPORT = 'https://wd3-impl-services1.workday.com/ccx/service/customreport2/acme/lmcneil/Workers';

describe('the address of a report as JSON', () => {
  it.each([
    ['no query', '', '?format=json'],
    ['an empty query', '?', '?format=json'],
    [
      'prompts alone',
      '?Organization%21WID=ab%20c&As_Of=2025-01-01',
      '?Organization%21WID=ab%20c&As_Of=2025-01-01&format=json',
    ],
    ['another format', '?a=1&format=simplexml&b=2', '?a=1&format=json&b=2'],
    ['JSON already', '?format=json', '?format=json'],
    ['JSON in other letters', '?FORMAT=JSON&a=1', '?format=json&a=1'],
    ['a format that is spelled with escapes', '?%66orm%41t=csv', '?format=json'],
    ['a format without a value', '?format&a=1', '?format=json&a=1'],
    ['a format with blanks about it', '?+format%20=xml', '?format=json'],
    ['two formats', '?format=xml&a=1&Format=csv', '?format=json&a=1'],
    ['names that only look like it', '?formats=x&xformat=y&for=mat', '?formats=x&xformat=y&for=mat&format=json'],
    ['prompts twice, empty, with odd bytes', '?a=1&a=1&&b=%zz+%C3%BC=;/?&', '?a=1&a=1&&b=%zz+%C3%BC=;/?&&format=json'],
    ['a name that is no UTF-8', '?%ff=1', '?%ff=1&format=json'],
    ['a fragment', '?a=1#top', '?a=1&format=json'],
    ['a fragment without a query', '#top?format=xml', '?format=json'],
  ])('with %s', (_, given, wanted) => {
    expect(jsonReportUrl(REPORT + given)).toBe(REPORT + wanted);
    expect(jsonReportUrl(REPORT + wanted)).toBe(REPORT + wanted);
  });
});
