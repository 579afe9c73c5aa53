import type { ChatEvent, ChatMessage } from '@/features/home/api/stream-chat';
import type { Problem } from '@/lib/api/problem';

/** A question and what became of it. */
export interface Exchange {
  readonly question: string;
  readonly model: string;
  readonly answer: string;
  readonly reasoning: string;
  readonly requestId: string | undefined;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly state: 'waiting' | 'answering' | 'done' | 'stopped' | 'failed';
  readonly problem: Problem | undefined;
}

export type ConversationAction =
  | { readonly kind: 'ask'; readonly question: string; readonly model: string }
  | { readonly kind: 'hear'; readonly event: ChatEvent }
  | { readonly kind: 'end'; readonly state: 'done' | 'stopped' }
  | { readonly kind: 'fail'; readonly problem: Problem }
  | { readonly kind: 'clear' };

/** The conversation after one more thing happened. */
export function conversation(exchanges: readonly Exchange[], action: ConversationAction): readonly Exchange[] {
  switch (action.kind) {
    case 'ask':
      return [...exchanges, asked(action.question, action.model)];
    case 'hear':
      return withLast(exchanges, (last) => heard(last, action.event));
    case 'end':
      return withLast(exchanges, (last) => ({ ...last, state: action.state }));
    case 'fail':
      return withLast(exchanges, (last) => ({ ...last, state: 'failed', problem: action.problem }));
    case 'clear':
      return [];
  }
}

/** What is sent with the next question: all that was answered, and nothing that failed. */
export function history(exchanges: readonly Exchange[], question: string): ChatMessage[] {
  const before = exchanges
    .filter((exchange) => exchange.answer !== '' && exchange.state !== 'failed')
    .flatMap((exchange): ChatMessage[] => [
      { role: 'user', content: exchange.question },
      { role: 'assistant', content: exchange.answer },
    ]);
  return [...before, { role: 'user', content: question }];
}

function asked(question: string, model: string): Exchange {
  return {
    question,
    model,
    answer: '',
    reasoning: '',
    requestId: undefined,
    inputTokens: undefined,
    outputTokens: undefined,
    state: 'waiting',
    problem: undefined,
  };
}

function heard(exchange: Exchange, event: ChatEvent): Exchange {
  switch (event.kind) {
    case 'started':
      return { ...exchange, requestId: event.requestId };
    case 'text':
      return { ...exchange, state: 'answering', answer: exchange.answer + event.text };
    case 'reasoning':
      return { ...exchange, state: 'answering', reasoning: exchange.reasoning + event.text };
    case 'usage':
      return { ...exchange, inputTokens: event.inputTokens, outputTokens: event.outputTokens };
  }
}

function withLast(exchanges: readonly Exchange[], change: (last: Exchange) => Exchange): readonly Exchange[] {
  return exchanges.map((exchange, index) => (index === exchanges.length - 1 ? change(exchange) : exchange));
}
