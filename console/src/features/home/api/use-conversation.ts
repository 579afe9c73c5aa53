import { useEffect, useReducer, useRef } from 'react';
import { conversation, history } from '@/features/home/api/conversation';
import { streamChat } from '@/features/home/api/stream-chat';
import { asProblem } from '@/lib/api/problem';
import type { ProjectScope } from '@/lib/session/scope';

/** A conversation with a model: asking, stopping, beginning anew. Leaving the page stops the answer. */
export function useConversation(scope: ProjectScope) {
  const [exchanges, act] = useReducer(conversation, []);
  const answering = useRef<AbortController>(undefined);
  useEffect(() => () => answering.current?.abort(), []);

  const ask = async (question: string, model: string) => {
    const stopping = new AbortController();
    answering.current = stopping;
    act({ kind: 'ask', question, model });
    try {
      for await (const event of streamChat(scope, model, history(exchanges, question), stopping.signal)) {
        act({ kind: 'hear', event });
      }
      act({ kind: 'end', state: 'done' });
    } catch (error) {
      act(stopping.signal.aborted ? { kind: 'end', state: 'stopped' } : { kind: 'fail', problem: asProblem(error) });
    }
  };
  const last = exchanges.at(-1);
  return {
    exchanges,
    busy: last?.state === 'waiting' || last?.state === 'answering',
    ask: (question: string, model: string) => void ask(question, model),
    stop: () => answering.current?.abort(),
    clear: () => act({ kind: 'clear' }),
  };
}
