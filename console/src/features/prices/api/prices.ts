import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { useRequestId } from '@/lib/api/request-id';
import type { Schema } from '@/lib/api/schema';
import { type Listing, useListing } from '@/lib/api/use-listing';

export type Price = Schema<'quota.v1.Price'>;

const PRICES = ['prices'] as const;

/** The price book: by model, newest first within a model. */
export function usePrices(): Listing<Price> {
  return useListing({
    queryKey: PRICES,
    page: async (pageToken, signal) => {
      const answer = await answerOf(api.GET('/api/v1/prices', { params: { query: { pageToken } }, signal }));
      return { rows: answer.prices ?? [], nextPageToken: answer.nextPageToken };
    },
  });
}

export interface NewPrice {
  readonly model: string;
  /** Micro-KRW per token, as the others. */
  readonly inputMicros: string;
  readonly cachedInputMicros: string;
  readonly outputMicros: string;
  /** Undefined means from now on. */
  readonly effectiveTime: string | undefined;
}

/** Sets a model's price from a moment on; earlier prices stay as they were. */
export function useCreatePrice() {
  const queryClient = useQueryClient();
  const requestIdFor = useRequestId();
  return useMutation({
    mutationFn: ({ effectiveTime, ...price }: NewPrice) => {
      const body = { ...price, ...(effectiveTime === undefined ? {} : { effectiveTime }) };
      return answerOf(api.POST('/api/v1/prices', { params: { query: { requestId: requestIdFor(body) } }, body }));
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: PRICES }),
  });
}
