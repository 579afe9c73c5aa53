/** One server-sent event: `event` is the message's case, `id` its place in the sequence. */
export interface ServerEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** Cuts a stream of text into events, whatever the pieces in which it arrives. Holds at most one event. */
export class EventReader {
  private pending = '';
  private event = '';
  private id: string | undefined;
  private data: string[] = [];

  /** Adds a piece of the stream and returns the events that it completes. */
  read(piece: string): ServerEvent[] {
    this.pending += piece;
    const lines = this.pending.split(/\r\n|\n|\r(?!$)/);
    this.pending = lines.pop() ?? '';
    const complete: ServerEvent[] = [];
    for (const line of lines) {
      const event = this.line(line);
      if (event !== undefined) {
        complete.push(event);
      }
    }
    return complete;
  }

  private line(line: string): ServerEvent | undefined {
    if (line === '') {
      return this.dispatch();
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') {
      this.event = value;
    } else if (field === 'id') {
      this.id = value;
    } else if (field === 'data') {
      this.data.push(value);
    }
    return undefined;
  }

  private dispatch(): ServerEvent | undefined {
    const data = this.data;
    const event = this.event;
    this.data = [];
    this.event = '';
    if (data.length === 0) {
      return undefined;
    }
    return { event: event === '' ? 'message' : event, id: this.id, data: data.join('\n') };
  }
}

/** The events of one answer, in order, until it ends. Leaving the loop early ends the request. */
export async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  if (response.body === null) {
    return;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const events = new EventReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield* events.read(decoder.decode(value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
