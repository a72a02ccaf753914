import { describe, expect, it } from 'vitest';
import { ApiProblem, toProblem } from './problem.js';

describe('ApiProblem', () => {
  it.each([
    [400, 2],
    [401, 4],
    [403, 4],
    [404, 5],
    [409, 6],
    [412, 6],
    [422, 2],
    [428, 6],
    [500, 1],
    [502, 3],
    [503, 3],
    [504, 3],
  ])('HTTP %i ends the program with %i', (status, exitCode) => {
    const body = JSON.stringify({ code: 'some', title: 'Some', detail: 'Some problem.', status });
    expect(new ApiProblem(toProblem(status, body)).exitCode).toBe(exitCode);
  });

  it('takes a proxy’s page for what it is', () => {
    const problem = new ApiProblem(toProblem(502, '<html>Bad Gateway</html>'));
    expect(problem.message).toContain('HTTP 502');
    expect(problem.exitCode).toBe(3);
  });
});
