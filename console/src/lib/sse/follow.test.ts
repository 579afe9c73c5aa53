import { describe, expect, it, vi } from 'vitest';
import type { ServerEvent } from '@/lib/sse/event-source';
import { follow, type FollowState } from '@/lib/sse/follow';
import { eventStream } from '@/testing/routes';

/** Follows what the given answers bring, in their order, and tells what was asked, heard and shown. */
async function following(answers: (() => Response)[], isLast: (event: ServerEvent) => boolean = () => false) {
  const asked: (string | null)[] = [];
  const heard: string[] = [];
  const states: FollowState[] = [];
  const pauses: number[] = [];
  const leaving = new AbortController();
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    asked.push(new Headers(init.headers).get('last-event-id'));
    const answer = answers.shift();
    if (answer === undefined) {
      leaving.abort();
      return Promise.reject(new DOMException('Left', 'AbortError'));
    }
    return Promise.resolve(answer());
  });
  await follow({
    path: '/api/v1/events',
    signal: leaving.signal,
    onEvent: (event) => {
      heard.push(event.data);
      return !isLast(event);
    },
    onState: (state) => states.push(state),
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  });
  return { asked, heard, states, pauses };
}

const stream =
  (...ids: number[]) =>
  () =>
    eventStream(
      ids.map((id) => `event: run_event\nid: ${String(id)}\ndata: ${String(id)}\n\n`),
      0,
    );
const refused = (status: number) => () => new Response('{}', { status });

describe('follow', () => {
  it('takes a cut stream up after the last event', async () => {
    const { asked, heard, states } = await following([stream(1, 2), stream(3)], (event) => event.data === '3');
    expect(asked).toEqual([null, '2']);
    expect(heard).toEqual(['1', '2', '3']);
    expect(states).toEqual(['connecting', 'live', 'waiting', 'connecting', 'live', 'ended']);
  });

  it('waits longer from failure to failure, and shortly again after an event', async () => {
    const { pauses } = await following([refused(503), refused(503), refused(503), stream(1), refused(502)]);
    expect(pauses).toEqual([500, 1000, 2000, 500, 1000]);
  });

  it.each([403, 404])('ends with a refusal of %i', async (status) => {
    const { asked, states } = await following([refused(status), stream(1)]);
    expect(asked).toHaveLength(1);
    expect(states.at(-1)).toBe('failed');
  });

  it("ends with the stream's own error where that is final", async () => {
    const denied = 'event: error\ndata: {"status":403,"reason":"ACCESS_DENIED"}\n\n';
    const { states } = await following([() => eventStream([denied], 0)]);
    expect(states).toEqual(['connecting', 'live', 'failed']);
  });

  it('tries again after an error that passes', async () => {
    const unavailable = 'event: error\ndata: {"status":503,"reason":"UNAVAILABLE"}\n\n';
    const { heard } = await following([() => eventStream([unavailable], 0), stream(4)], () => true);
    expect(heard).toEqual(['4']);
  });
});
