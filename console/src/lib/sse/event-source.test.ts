import { describe, expect, it } from 'vitest';
import { EventReader, eventsOf } from '@/lib/sse/event-source';

const STREAM =
  ': hello\n\nevent: run_event\nid: 7\ndata: {"a":1}\n\ndata: one\ndata: two\r\n\r\nevent: unfinished\ndata: x\n';

describe('EventReader', () => {
  it.each([1, 2, 3, 7, STREAM.length])('finds the same events in pieces of %i characters', (size) => {
    const reader = new EventReader();
    const pieces = STREAM.match(new RegExp(`[\\s\\S]{1,${String(size)}}`, 'g')) ?? [];
    const events = pieces.flatMap((piece) => reader.read(piece));
    expect(events).toEqual([
      { event: 'run_event', id: '7', data: '{"a":1}' },
      { event: 'message', id: '7', data: 'one\ntwo' },
    ]);
  });

  it('does not cut characters that arrive in two pieces', async () => {
    const bytes = new TextEncoder().encode('data: 한강\n\n');
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        bytes.forEach((byte) => controller.enqueue(Uint8Array.of(byte)));
        controller.close();
      },
    });
    const events = [];
    for await (const event of eventsOf(new Response(stream))) {
      events.push(event.data);
    }
    expect(events).toEqual(['한강']);
  });
});
