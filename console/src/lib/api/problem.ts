/** One field that the platform refused, by its path in the request body. */
export interface Violation {
  readonly field: string;
  readonly description: string;
}

interface ProblemFields {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly reason: string;
  readonly requestId: string | undefined;
  readonly violations: readonly Violation[];
}

/** The reason given to failures that happened before the platform could answer. */
export const UNREACHABLE = 'UNREACHABLE';

/** A refused or failed call, as RFC 9457 tells it. Every failure that reaches a page is one of these. */
export class Problem extends Error implements ProblemFields {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly reason: string;
  readonly requestId: string | undefined;
  readonly violations: readonly Violation[];

  constructor(fields: ProblemFields) {
    super(fields.detail || fields.title);
    this.name = 'Problem';
    this.status = fields.status;
    this.title = fields.title;
    this.detail = fields.detail;
    this.reason = fields.reason;
    this.requestId = fields.requestId;
    this.violations = fields.violations;
  }

  get denied(): boolean {
    return this.status === 403;
  }

  get missing(): boolean {
    return this.status === 404;
  }

  /** True where the same call may succeed later without a change by the person. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function violationsOf(value: unknown): Violation[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value
    .filter(isObject)
    .map((entry) => ({ field: text(entry['field']), description: text(entry['description']) }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * Reads a body of `application/problem+json`, or of `/v1`'s `{"error": {...}}`, whichever it is.
 *
 * A proxy in between may answer with a page of its own: then only the status is known.
 */
export function problemFrom(status: number, body: unknown, requestId: string | null): Problem {
  const root = isObject(body) ? body : {};
  const openAi = isObject(root['error']) ? root['error'] : undefined;
  return new Problem({
    status,
    title: text(root['title']),
    detail: text(openAi?.['message']) || text(root['detail']),
    reason: text(openAi?.['code']) || text(root['reason']),
    requestId: text(root['requestId']) || (requestId ?? undefined),
    violations: violationsOf(root['violations']),
  });
}

/** Reads the failed answer's body; a body that is no JSON is no failure of its own. */
export async function problemOf(response: Response): Promise<Problem> {
  const raw = await response.text();
  return problemFrom(response.status, parsed(raw), response.headers.get('x-request-id'));
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return undefined;
  }
}

/** Any thrown value as a Problem: what is not one came from the network or the browser. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) {
    return error;
  }
  return new Problem({
    status: 0,
    title: '',
    detail: '',
    reason: UNREACHABLE,
    requestId: undefined,
    violations: [],
  });
}
