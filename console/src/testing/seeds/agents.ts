import type { Schema } from '@/lib/api/schema';
import { idOf, minutesAgo } from '@/testing/ids';
import type { PlatformState } from '@/testing/platform-state';
import { BANK, SUPPORT } from '@/testing/seeds/people';

type Seed = Pick<PlatformState, 'agents' | 'drafts' | 'releases' | 'agentDeployments' | 'runs' | 'runEvents'>;
type RunEvent = Schema<'agents.v1.RunEvent'>;

export const CLERK = idOf('agt', 1);
export const ORDER_RUN = idOf('run', 1);

/** An agent with three releases, another without any, and their runs. */
export function agents(): Seed {
  return {
    agents: [
      agent(1, 'order-clerk', '주문과 배송에 관한 질문에 답합니다.', idOf('rel', 3)),
      agent(2, 'report-writer', 'Writes the weekly risk report.', ''),
    ],
    drafts: [{ agentId: CLERK, specification: specification(0.1), updateTime: minutesAgo(25) }],
    releases: [
      release(3, 0.2, '주문 상태를 먼저 확인합니다.'),
      release(2, 0.4, '배송 조회 도구 추가'),
      release(1, 0.7, ''),
    ],
    agentDeployments: [3, 2, 1].map((number) => ({
      agentId: CLERK,
      number,
      releaseId: idOf('rel', number),
      deployTime: minutesAgo(5_000 - number * 1_000),
    })),
    runs: [
      run(1, 'RUN_STATE_COMPLETED', 4),
      run(2, 'RUN_STATE_RUNNING', 9),
      { ...run(3, 'RUN_STATE_FAILED', 62), failureReason: 'RUN_STEP_LIMIT' },
      run(4, 'RUN_STATE_COMPLETED', 300),
      run(5, 'RUN_STATE_CANCELLED', 900),
    ],
    runEvents: { [ORDER_RUN]: journal(), [idOf('run', 2)]: journal().slice(0, 4) },
  };
}

function agent(number: number, name: string, description: string, deployedReleaseId: string) {
  const scope = { tenantId: BANK, projectId: SUPPORT };
  return { ...scope, agentId: idOf('agt', number), name, description, deployedReleaseId, updateTime: minutesAgo(60) };
}

function specification(temperature: number): string {
  return `apiVersion: exaone.ai/v1
kind: Agent
name: order-clerk
description: 주문과 배송에 관한 질문에 답합니다.
model: exaone-4.0-32b
instructions: |
  주문 상태를 먼저 확인한 뒤 짧게 답하세요.
parameters:
  temperature: ${String(temperature)}
  maxOutputTokens: 512
tools:
  - http:
      name: order
      description: 주문 번호로 주문을 조회합니다.
      method: GET
      url: https://orders.hankang.example/v1/orders/{id}
      headers:
        Authorization: Bearer \${secret.ORDERS_TOKEN}
      parameters:
        type: object
        properties:
          id: {type: string}
        required: [id]
limits:
  steps: 10
  duration: 2m
`;
}

function release(number: number, temperature: number, note: string) {
  return {
    releaseId: idOf('rel', number),
    agentId: CLERK,
    number,
    specification: specification(temperature),
    digest: `${String(number)}7b0c4e9`.repeat(8),
    note,
    createTime: minutesAgo(5_100 - number * 1_000),
  };
}

type RunState = NonNullable<Schema<'agents.v1.Run'>['state']>;

function run(number: number, state: RunState, minutes: number): Schema<'agents.v1.Run'> {
  const open = state === 'RUN_STATE_RUNNING';
  return {
    runId: idOf('run', number),
    tenantId: BANK,
    projectId: SUPPORT,
    agentId: CLERK,
    agentName: 'order-clerk',
    releaseId: idOf('rel', 3),
    state,
    inputTokens: String(700 + number * 91),
    outputTokens: String(120 + number * 17),
    steps: open ? 1 : 3,
    createTime: minutesAgo(minutes),
    ...(open ? {} : { endTime: minutesAgo(minutes - 0.08 * number) }),
  };
}

function journal(): RunEvent[] {
  const call = { callId: 'call_1', name: 'order', arguments: '{"id":"4711"}' };
  const bodies: Partial<RunEvent>[] = [
    {
      runStarted: { input: [{ role: 'user', content: '주문 4711은 지금 어디에 있나요?' }], releaseId: idOf('rel', 3) },
    },
    { modelCallStarted: { step: 1, model: 'exaone-4.0-32b', requestId: idOf('req', 1_000), attempt: 1 } },
    { modelCallCompleted: { step: 1, content: '', toolCalls: [call], inputTokens: '412', outputTokens: '24' } },
    { toolCallStarted: { step: 2, call } },
    {
      toolCallCompleted: {
        step: 2,
        callId: 'call_1',
        result: '{"id":"4711","state":"SHIPPED","carrier":"한진","eta":"2026-11-24","events":[{"at":"대전 HUB"}]}',
        durationMicros: '184000',
      },
    },
    { modelCallStarted: { step: 3, model: 'exaone-4.0-32b', requestId: idOf('req', 1_001), attempt: 1 } },
    {
      modelCallCompleted: {
        step: 3,
        content: '주문 4711은 대전 HUB를 지났고 11월 24일에 도착할 예정입니다.',
        inputTokens: '379',
        outputTokens: '113',
      },
    },
    { runCompleted: { output: '주문 **4711**은 대전 HUB를 지났고 **11월 24일**에 도착할 예정입니다.' } },
  ];
  const start = Date.now() - 4 * 60_000;
  return bodies.map((body, index) => ({
    sequence: String(index + 1),
    time: new Date(start + index * 640).toISOString(),
    ...body,
  }));
}
