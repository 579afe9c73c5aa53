import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '@/generated/api';
import { asProblem, type Problem, problemFrom } from '@/lib/api/problem';
import type { Loose } from '@/lib/api/schema';
import { leaveForSignIn } from '@/lib/session/sign-in';

/** A call that found no session leaves for the sign-in page; the page that asked stays in its loading state. */
const signInWhenAsked: Middleware = {
  onResponse({ response }) {
    if (response.status === 401 && leaveForSignIn()) {
      return new Promise<never>(() => undefined);
    }
    return undefined;
  },
};

/** The platform's management API, typed by its OpenAPI document. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  // Looked up at each call, so that a test can stand in for the network.
  fetch: (request) => globalThis.fetch(request),
});
api.use(signInWhenAsked);

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of a successful answer; anything else is thrown as a Problem. */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<Loose<T>> {
  const answer = await call.catch((error: unknown) => Promise.reject(asProblem(error)));
  if (!answer.response.ok) {
    throw problemIn(answer);
  }
  return answer.data as Loose<T>;
}

function problemIn(answer: Answer<unknown>): Problem {
  return problemFrom(answer.response.status, answer.error, answer.response.headers.get('x-request-id'));
}
