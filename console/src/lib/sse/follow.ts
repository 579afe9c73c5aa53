import { asProblem, type Problem, problemFrom, problemOf } from '@/lib/api/problem';
import { eventsOf, type ServerEvent } from '@/lib/sse/event-source';

/** What a follower hears besides the events. */
export type FollowState = 'connecting' | 'live' | 'waiting' | 'ended' | 'failed';

export interface FollowOptions {
  readonly path: string;
  readonly signal: AbortSignal;
  /** Returns false when the event is the last one that can come: the follower then stops. */
  readonly onEvent: (event: ServerEvent) => boolean;
  readonly onState: (state: FollowState, problem?: Problem) => void;
  /** Waits between attempts; replaced in tests. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Follows a server stream until its end, taking it up again after the last event seen when the connection is lost.
 *
 * Passing failures (no connection, 429, 5xx) are tried again with growing pauses; a refusal ends the following.
 */
export async function follow(options: FollowOptions): Promise<void> {
  const pause = options.pause ?? sleep;
  let lastId: string | undefined;
  let wait = FIRST_PAUSE_MS;
  const hear = (event: ServerEvent): boolean => {
    lastId = event.id ?? lastId;
    wait = FIRST_PAUSE_MS;
    return options.onEvent(event);
  };
  while (!options.signal.aborted) {
    options.onState('connecting');
    const outcome = await attempt(options, lastId, hear);
    if (outcome === 'left') {
      return;
    }
    if (outcome === 'ended') {
      options.onState('ended');
      return;
    }
    if (outcome !== 'cut' && !outcome.passing) {
      options.onState('failed', outcome);
      return;
    }
    options.onState('waiting', outcome === 'cut' ? undefined : outcome);
    await pause(wait);
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }
}

type Outcome = 'ended' | 'cut' | 'left' | Problem;

async function attempt(
  options: FollowOptions,
  lastId: string | undefined,
  hear: (event: ServerEvent) => boolean,
): Promise<Outcome> {
  try {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (lastId !== undefined) {
      headers['last-event-id'] = lastId;
    }
    const response = await fetch(options.path, { headers, signal: options.signal });
    if (!response.ok) {
      return await problemOf(response);
    }
    options.onState('live');
    for await (const event of eventsOf(response)) {
      if (event.event === 'error') {
        return terminal(event);
      }
      if (!hear(event)) {
        return 'ended';
      }
    }
    return 'cut';
  } catch (error) {
    return options.signal.aborted ? 'left' : asProblem(error);
  }
}

/** The stream's own last word: the same fields as a failed answer's body. */
function terminal(event: ServerEvent): Problem {
  const body = JSON.parse(event.data) as { status?: unknown };
  return problemFrom(typeof body.status === 'number' ? body.status : 500, body, null);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
