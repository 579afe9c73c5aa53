import { describe, expect, it } from 'vitest';
import { advanced, EMPTY_TIMELINE, type Timeline, type WatchRunResponse } from '@/features/runs/api/timeline';

let sequence = 0;

function event(body: NonNullable<WatchRunResponse['runEvent']>): WatchRunResponse {
  sequence += 1;
  return {
    sequence: String(sequence),
    runEvent: { sequence: String(sequence), time: '2026-11-23T00:00:00Z', ...body },
  };
}

function timelineOf(...messages: WatchRunResponse[]): Timeline {
  return messages.reduce(advanced, EMPTY_TIMELINE);
}

const call = { callId: 'call_1', name: 'order', arguments: '{"id":"4711"}' };

describe('timeline', () => {
  it('tells a run from its question to its answer', () => {
    sequence = 0;
    const timeline = timelineOf(
      event({ runStarted: { input: [{ role: 'user', content: 'Where is 4711?' }] } }),
      event({ modelCallStarted: { step: 1, model: 'exaone', requestId: 'req_1', attempt: 1 } }),
      event({ modelCallCompleted: { step: 1, toolCalls: [call], inputTokens: '40', outputTokens: '8' } }),
      event({ toolCallStarted: { step: 2, call } }),
      event({
        toolCallCompleted: { step: 2, callId: 'call_1', result: '{"state":"SHIPPED"}', durationMicros: '1500' },
      }),
      event({ runCompleted: { output: 'On its way.' } }),
    );
    expect(timeline.input).toEqual([{ role: 'user', content: 'Where is 4711?' }]);
    expect(timeline.steps).toMatchObject([
      { kind: 'model', model: 'exaone', inputTokens: 40, outputTokens: 8, toolCalls: [call] },
      { kind: 'tool', name: 'order', result: '{"state":"SHIPPED"}', durationMs: 1.5 },
    ]);
    expect(timeline.end).toEqual({ kind: 'completed', output: 'On its way.' });
  });

  it('shows text while it is made, and the journalled text once it is there', () => {
    sequence = 0;
    const started = event({ modelCallStarted: { step: 1, model: 'exaone' } });
    const half = timelineOf(
      started,
      { sequence: '1', outputDelta: { step: 1, content: 'On ' } },
      { sequence: '1', outputDelta: { step: 1, content: 'its' } },
    );
    expect(half.steps[0]).toMatchObject({ content: 'On its', endTime: undefined });
    const whole = advanced(half, event({ modelCallCompleted: { step: 1, content: 'On its way.' } }));
    expect(whole.steps[0]).toMatchObject({ content: 'On its way.' });
    const late = advanced(whole, { sequence: '2', outputDelta: { step: 1, content: '!' } });
    expect(late.steps[0]).toMatchObject({ content: 'On its way.' });
  });

  it('passes over events that come again after a lost connection', () => {
    sequence = 0;
    const started = event({ modelCallStarted: { step: 1, model: 'exaone' } });
    expect(timelineOf(started, started).steps).toHaveLength(1);
  });

  it('shows each try of a model call, and one of a tool call that was begun again', () => {
    sequence = 0;
    const timeline = timelineOf(
      event({ modelCallStarted: { step: 1, model: 'exaone', attempt: 1 } }),
      event({ modelCallFailed: { step: 1, reason: 'MODEL_UNAVAILABLE', detail: 'None.', retrying: true } }),
      event({ modelCallStarted: { step: 1, model: 'exaone', attempt: 2 } }),
      event({ modelCallCompleted: { step: 1, toolCalls: [call] } }),
      event({ toolCallStarted: { step: 2, call } }),
      event({ toolCallStarted: { step: 2, call } }),
      event({ toolCallFailed: { step: 2, callId: 'call_1', reason: 'OUTBOUND_TIMEOUT', detail: '5 s' } }),
    );
    expect(timeline.steps).toMatchObject([
      { attempt: 1, failure: { reason: 'MODEL_UNAVAILABLE', retrying: true } },
      { attempt: 2, failure: undefined },
      { kind: 'tool', failure: { reason: 'OUTBOUND_TIMEOUT' } },
    ]);
  });

  it.each([
    [{ runFailed: { reason: 'RUN_STEPS_EXCEEDED', detail: 'More than 20.' } }, 'failed'],
    [{ runCancelled: { cancelledBy: 'usr_1' } }, 'cancelled'],
  ])('ends with %j', (body, kind) => {
    sequence = 0;
    expect(timelineOf(event(body)).end?.kind).toBe(kind);
  });
});
