import { Problem } from '@/lib/api/problem';

/** A call as a route sees it. */
export interface Call {
  /** What stood in the braces of the template. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly request: Request;
}

/** Answers a call: with a message, or with a response of its own, as a stream. */
export type Route = (call: Call) => unknown;

/** Routes by method and path template, as they stand in the OpenAPI document: `GET /api/v1/tenants/{tenantId}`. */
export type Routes = Readonly<Record<string, Route>>;

interface CompiledRoute {
  readonly method: string;
  readonly pattern: RegExp;
  readonly route: Route;
}

function compiled([template, route]: readonly [string, Route]): CompiledRoute {
  const [method = '', path = ''] = template.split(' ');
  const pattern = path
    .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/:]+)`);
  return { method, pattern: new RegExp(`^${pattern}$`), route };
}

/** Makes one answering function of many routes. */
export function answering(routes: Routes): (request: Request) => Promise<Response> {
  const table = Object.entries(routes).map(compiled);
  return async (request) => {
    const url = new URL(request.url);
    for (const { method, pattern, route } of table) {
      const match = method === request.method ? pattern.exec(decodeURIComponent(url.pathname)) : null;
      if (match !== null) {
        return respond(route, {
          path: { ...match.groups },
          query: url.searchParams,
          body: await bodyOf(request),
          request,
        });
      }
    }
    return problemResponse(refusal(404, 'NOT_FOUND', `No route ${request.method} ${url.pathname}`));
  };
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

async function respond(route: Route, call: Call): Promise<Response> {
  try {
    const answer = await route(call);
    return answer instanceof Response ? answer : json(200, answer, 'application/json');
  } catch (error) {
    if (error instanceof Problem) {
      return problemResponse(error);
    }
    throw error;
  }
}

function json(status: number, body: unknown, type: string): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
}

function problemResponse(problem: Problem): Response {
  const { status, title, detail, reason, requestId, violations } = problem;
  return json(status, { status, title, detail, reason, requestId, violations }, 'application/problem+json');
}

/** A refusal, to throw from a route. */
export function refusal(status: number, reason: string, detail: string): Problem {
  const requestId = 'req_01k9zq3b7m5x8c2v4n6t0w1y9a';
  return new Problem({ status, title: reason, detail, reason, requestId, violations: [] });
}

/** Server-sent events, one after the other with a pause between. */
export function eventStream(events: readonly string[], pauseMs: number): Response {
  const encoder = new TextEncoder();
  let next = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const event = events[next++];
      if (event === undefined) {
        controller.close();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      controller.enqueue(encoder.encode(event));
    },
  });
  return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
}
