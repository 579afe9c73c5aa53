import { asProblem, Problem, problemFrom, problemOf } from '@/lib/api/problem';
import { eventsOf } from '@/lib/sse/event-source';
import { leaveForSignIn } from '@/lib/session/sign-in';
import type { ProjectScope } from '@/lib/session/scope';

/** One message of a conversation, in OpenAI's form. */
export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** What arrives while a model answers. */
export type ChatEvent =
  | { readonly kind: 'started'; readonly requestId: string | undefined }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'usage'; readonly inputTokens: number; readonly outputTokens: number };

interface Chunk {
  readonly choices?: readonly { readonly delta?: Delta }[];
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null;
  readonly error?: unknown;
}

interface Delta {
  readonly content?: string | null;
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
}

const END = '[DONE]';

/** The console's own door to the models: the same pipeline as `/v1`, by the session instead of a key. */
function addressOf({ tenantId, projectId }: ProjectScope): string {
  return `/api/v1/tenants/${tenantId}/projects/${projectId}/inference/v1/chat/completions`;
}

/** Asks a model and hands on what arrives; throws a Problem where it is refused or breaks. Leaving early stops it. */
export async function* streamChat(
  scope: ProjectScope,
  model: string,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const response = await fetch(addressOf(scope), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages, stream: true, stream_options: { include_usage: true } }),
    signal,
  }).catch((error: unknown) => Promise.reject(asProblem(error)));
  if (response.status === 401 && leaveForSignIn()) {
    return;
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  yield { kind: 'started', requestId: response.headers.get('x-request-id') ?? undefined };
  for await (const event of eventsOf(response)) {
    if (event.data === END) {
      return;
    }
    yield* partsOf(JSON.parse(event.data) as Chunk);
  }
  throw brokenOff();
}

function* partsOf(chunk: Chunk): Generator<ChatEvent> {
  if (chunk.error !== undefined) {
    throw problemFrom(500, chunk, null);
  }
  const delta = chunk.choices?.[0]?.delta;
  const reasoning = delta?.reasoning_content ?? delta?.reasoning;
  if (reasoning) {
    yield { kind: 'reasoning', text: reasoning };
  }
  if (delta?.content) {
    yield { kind: 'text', text: delta.content };
  }
  if (chunk.usage) {
    const { prompt_tokens: inputTokens = 0, completion_tokens: outputTokens = 0 } = chunk.usage;
    yield { kind: 'usage', inputTokens, outputTokens };
  }
}

/** A stream that ends without its end was cut by something in between. */
function brokenOff(): Problem {
  return new Problem({
    status: 502,
    title: '',
    detail: '',
    reason: 'ANSWER_CUT_OFF',
    requestId: undefined,
    violations: [],
  });
}
