import type { Schema } from '@/lib/api/schema';
import { count } from '@/lib/format/number';

export type WatchRunResponse = Schema<'agents.v1.WatchRunResponse'>;
type RunEvent = Schema<'agents.v1.RunEvent'>;
type ToolCall = Schema<'agents.v1.ToolCall'>;

/** One call of a model: under way, answered or failed. */
export interface ModelStep {
  readonly kind: 'model';
  readonly step: number;
  readonly model: string;
  readonly requestId: string;
  readonly attempt: number;
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
  readonly content: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly failure: Failure | undefined;
}

/** One call of a tool: under way, answered or failed. */
export interface ToolStep {
  readonly kind: 'tool';
  readonly step: number;
  readonly callId: string;
  readonly name: string;
  readonly arguments: string;
  readonly startTime: string | undefined;
  readonly result: string | undefined;
  readonly durationMs: number | undefined;
  readonly failure: Failure | undefined;
}

/** Why something ended badly: a stable reason, and words. */
export interface Failure {
  readonly reason: string;
  readonly detail: string;
  readonly retrying: boolean;
}

export type RunEnd =
  | { readonly kind: 'completed'; readonly output: string }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled'; readonly by: string };

/** A run as its events tell it. */
export interface Timeline {
  readonly input: readonly { readonly role: string; readonly content: string }[];
  readonly startTime: string | undefined;
  readonly steps: readonly (ModelStep | ToolStep)[];
  readonly end: RunEnd | undefined;
  readonly endTime: string | undefined;
  /** The newest entry of the journal that is in; what comes again after a lost connection is passed over. */
  readonly sequence: number;
}

export const EMPTY_TIMELINE: Timeline = {
  input: [],
  startTime: undefined,
  steps: [],
  end: undefined,
  endTime: undefined,
  sequence: 0,
};

/** The timeline after one more message of the stream. */
export function advanced(timeline: Timeline, message: WatchRunResponse): Timeline {
  const { runEvent, outputDelta } = message;
  if (outputDelta !== undefined) {
    return withModelStep(timeline, outputDelta.step ?? 0, (step) =>
      step.endTime === undefined ? { ...step, content: step.content + (outputDelta.content ?? '') } : step,
    );
  }
  const sequence = count(runEvent?.sequence);
  if (runEvent === undefined || sequence <= timeline.sequence) {
    return timeline;
  }
  return { ...withEvent(timeline, runEvent), sequence };
}

function withEvent(timeline: Timeline, event: RunEvent): Timeline {
  if (event.runStarted !== undefined) {
    const input = (event.runStarted.input ?? []).map(({ role = '', content = '' }) => ({ role, content }));
    return { ...timeline, input, startTime: event.time };
  }
  return withModelEvent(timeline, event) ?? withToolEvent(timeline, event) ?? withEnd(timeline, event);
}

function withModelEvent(timeline: Timeline, event: RunEvent): Timeline | undefined {
  const { modelCallStarted: started, modelCallCompleted: completed, modelCallFailed: failed } = event;
  if (started !== undefined) {
    return { ...timeline, steps: [...timeline.steps, modelStep(started, event.time)] };
  }
  if (completed !== undefined) {
    return withModelStep(timeline, completed.step ?? 0, (step) => ({
      ...step,
      endTime: event.time,
      content: completed.content ?? '',
      reasoning: completed.reasoning ?? '',
      toolCalls: completed.toolCalls ?? [],
      inputTokens: count(completed.inputTokens),
      outputTokens: count(completed.outputTokens),
    }));
  }
  if (failed !== undefined) {
    const failure = { reason: failed.reason ?? '', detail: failed.detail ?? '', retrying: failed.retrying === true };
    return withModelStep(timeline, failed.step ?? 0, (step) => ({ ...step, endTime: event.time, failure }));
  }
  return undefined;
}

function modelStep(started: Schema<'agents.v1.ModelCallStarted'>, time: string | undefined): ModelStep {
  return {
    kind: 'model',
    step: started.step ?? 0,
    model: started.model ?? '',
    requestId: started.requestId ?? '',
    attempt: started.attempt ?? 1,
    startTime: time,
    endTime: undefined,
    content: '',
    reasoning: '',
    toolCalls: [],
    inputTokens: 0,
    outputTokens: 0,
    failure: undefined,
  };
}

function withToolEvent(timeline: Timeline, event: RunEvent): Timeline | undefined {
  const { toolCallStarted: started, toolCallCompleted: completed, toolCallFailed: failed } = event;
  if (started !== undefined) {
    return { ...timeline, steps: withoutRepeat(timeline.steps, toolStep(started, event.time)) };
  }
  if (completed !== undefined) {
    return withToolStep(timeline, completed, (step) => ({
      ...step,
      result: completed.result ?? '',
      durationMs: count(completed.durationMicros) / 1000,
    }));
  }
  if (failed !== undefined) {
    const failure = { reason: failed.reason ?? '', detail: failed.detail ?? '', retrying: false };
    return withToolStep(timeline, failed, (step) => ({ ...step, failure }));
  }
  return undefined;
}

function toolStep(started: Schema<'agents.v1.ToolCallStarted'>, time: string | undefined): ToolStep {
  return {
    kind: 'tool',
    step: started.step ?? 0,
    callId: started.call?.callId ?? '',
    name: started.call?.name ?? '',
    arguments: started.call?.arguments ?? '',
    startTime: time,
    result: undefined,
    durationMs: undefined,
    failure: undefined,
  };
}

/** A tool call that was begun again after a stop of the platform takes the place of the unfinished one. */
function withoutRepeat(steps: Timeline['steps'], step: ToolStep): Timeline['steps'] {
  const unfinished = (one: ModelStep | ToolStep) =>
    one.kind === 'tool' && one.callId === step.callId && one.step === step.step && one.result === undefined;
  return [...steps.filter((one) => !unfinished(one)), step];
}

function withEnd(timeline: Timeline, event: RunEvent): Timeline {
  const end = endOf(event);
  return end === undefined ? timeline : { ...timeline, end, endTime: event.time };
}

function endOf({ runCompleted, runFailed, runCancelled }: RunEvent): RunEnd | undefined {
  if (runCompleted !== undefined) {
    return { kind: 'completed', output: runCompleted.output ?? '' };
  }
  if (runFailed !== undefined) {
    const failure = { reason: runFailed.reason ?? '', detail: runFailed.detail ?? '', retrying: false };
    return { kind: 'failed', failure };
  }
  return runCancelled === undefined ? undefined : { kind: 'cancelled', by: runCancelled.cancelledBy ?? '' };
}

/** Changes the newest try of a model step. */
function withModelStep(timeline: Timeline, number: number, change: (step: ModelStep) => ModelStep): Timeline {
  const at = timeline.steps.findLastIndex((step) => step.kind === 'model' && step.step === number);
  return withStepAt(timeline, at, (step) => (step.kind === 'model' ? change(step) : step));
}

function withToolStep(
  timeline: Timeline,
  ended: { readonly step?: number | undefined; readonly callId?: string | undefined },
  change: (step: ToolStep) => ToolStep,
): Timeline {
  const at = timeline.steps.findLastIndex(
    (step) => step.kind === 'tool' && step.step === ended.step && step.callId === ended.callId,
  );
  return withStepAt(timeline, at, (step) => (step.kind === 'tool' ? change(step) : step));
}

function withStepAt(
  timeline: Timeline,
  at: number,
  change: (step: ModelStep | ToolStep) => ModelStep | ToolStep,
): Timeline {
  return { ...timeline, steps: timeline.steps.map((step, index) => (index === at ? change(step) : step)) };
}
