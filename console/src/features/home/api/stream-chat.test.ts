import { describe, expect, it, vi } from 'vitest';
import { conversation, history } from '@/features/home/api/conversation';
import { type ChatEvent, streamChat } from '@/features/home/api/stream-chat';
import { eventStream } from '@/testing/routes';

const SCOPE = { tenantId: 'tnt_a', projectId: 'prj_b' };

function chunk(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

async function asked(answer: Response): Promise<ChatEvent[]> {
  vi.stubGlobal('fetch', () => Promise.resolve(answer));
  const events: ChatEvent[] = [];
  for await (const event of streamChat(SCOPE, 'exaone', [], new AbortController().signal)) {
    events.push(event);
  }
  return events;
}

describe('streamChat', () => {
  it('hands on reasoning, text and usage', async () => {
    const answer = eventStream(
      [
        chunk({ choices: [{ delta: { role: 'assistant', content: '' } }] }),
        chunk({ choices: [{ delta: { reasoning_content: 'Hm.' } }] }),
        chunk({ choices: [{ delta: { content: 'Hello' } }] }),
        chunk({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 2 } }),
        'data: [DONE]\n\n',
      ],
      0,
    );
    answer.headers.set('x-request-id', 'req_1');
    expect(await asked(answer)).toEqual([
      { kind: 'started', requestId: 'req_1' },
      { kind: 'reasoning', text: 'Hm.' },
      { kind: 'text', text: 'Hello' },
      { kind: 'usage', inputTokens: 5, outputTokens: 2 },
    ]);
  });

  it('throws what was refused before the first byte', async () => {
    const body = { error: { message: 'The project may use 10 requests per minute.', code: 'QUOTA_EXCEEDED' } };
    await expect(asked(Response.json(body, { status: 429 }))).rejects.toMatchObject({ reason: 'QUOTA_EXCEEDED' });
  });

  it('throws what broke in the middle, and an end that did not come', async () => {
    const broken = eventStream([chunk({ error: { message: 'The engine failed.', code: 'ENGINE_FAILED' } })], 0);
    await expect(asked(broken)).rejects.toMatchObject({ reason: 'ENGINE_FAILED' });
    const cut = eventStream([chunk({ choices: [{ delta: { content: 'Hel' } }] })], 0);
    await expect(asked(cut)).rejects.toMatchObject({ reason: 'ANSWER_CUT_OFF' });
  });
});

describe('conversation', () => {
  it('sends what was answered with the next question, and nothing that failed', () => {
    const failed = { status: 500 } as never;
    const exchanges = [
      { kind: 'ask', question: 'One?', model: 'm' } as const,
      { kind: 'hear', event: { kind: 'text', text: 'One.' } } as const,
      { kind: 'end', state: 'done' } as const,
      { kind: 'ask', question: 'Two?', model: 'm' } as const,
      { kind: 'fail', problem: failed } as const,
    ].reduce<ReturnType<typeof conversation>>(conversation, []);
    expect(exchanges.map(({ state }) => state)).toEqual(['done', 'failed']);
    expect(history(exchanges, 'Three?')).toEqual([
      { role: 'user', content: 'One?' },
      { role: 'assistant', content: 'One.' },
      { role: 'user', content: 'Three?' },
    ]);
  });
});
