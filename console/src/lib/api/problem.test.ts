import { describe, expect, it } from 'vitest';
import { asProblem, Problem, problemFrom, problemOf, UNREACHABLE } from '@/lib/api/problem';

describe('Problem', () => {
  it('reads every field of a problem document', () => {
    const problem = problemFrom(
      400,
      {
        title: 'Invalid argument',
        detail: 'Two fields are wrong.',
        reason: 'INVALID_ARGUMENT',
        requestId: 'req_1',
        violations: [{ field: 'limit.value', description: 'At least 0.' }],
      },
      'req_header',
    );
    expect(problem).toMatchObject({ status: 400, reason: 'INVALID_ARGUMENT', requestId: 'req_1' });
    expect(problem.message).toBe('Two fields are wrong.');
    expect(problem.violations).toEqual([{ field: 'limit.value', description: 'At least 0.' }]);
  });

  it("reads OpenAI's error body", () => {
    const body = { error: { message: 'The budget is used up.', code: 'QUOTA_EXCEEDED', type: 'insufficient_quota' } };
    expect(problemFrom(429, body, 'req_2')).toMatchObject({
      detail: 'The budget is used up.',
      reason: 'QUOTA_EXCEEDED',
      requestId: 'req_2',
    });
  });

  it('keeps the status of an answer that is no problem document', async () => {
    const problem = await problemOf(new Response('<html>Bad gateway</html>', { status: 502 }));
    expect(problem).toMatchObject({ status: 502, reason: '', requestId: undefined, passing: true });
  });

  it('takes anything else thrown for a lost connection', () => {
    expect(asProblem(new TypeError('Failed to fetch'))).toMatchObject({ reason: UNREACHABLE, passing: true });
    const known = problemFrom(403, {}, null);
    expect(asProblem(known)).toBe(known);
    expect(known).toBeInstanceOf(Problem);
    expect(known.denied).toBe(true);
  });
});
