import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { useRequestId } from '@/lib/api/request-id';
import { changes } from '@/lib/api/schema';
import type { Listing } from '@/lib/api/use-listing';
import { type Model, modelsQuery } from '@/lib/queries/models';

export const CAPABILITIES = [
  'MODEL_CAPABILITY_CHAT',
  'MODEL_CAPABILITY_EMBEDDINGS',
  'MODEL_CAPABILITY_RERANK',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** The whole catalogue, by name. */
export function useModels(): Listing<Model> {
  const query = useQuery(modelsQuery);
  return {
    rows: query.data,
    problem: query.error === null ? undefined : asProblem(query.error),
    retry: () => void query.refetch(),
    more: undefined,
    loadingMore: false,
  };
}

function useRefreshed() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: modelsQuery.queryKey }),
      queryClient.invalidateQueries({ queryKey: ['tenant-models'] }),
    ]);
}

/** A tenant's part of a busy model, beside the others' weights, which are 1. */
export interface TenantShare {
  readonly tenantId: string;
  readonly weight: number;
}

/** What may be changed of a model later. */
export interface ModelSettings {
  readonly displayName: string;
  readonly description: string;
  readonly contextTokens: number;
  readonly defaultOutputTokens: number;
  readonly licence: string;
  /** Empty means all tenants. */
  readonly tenantIds: string[];
  readonly tenantShares: TenantShare[];
}

export interface NewModel extends ModelSettings {
  readonly name: string;
  readonly capabilities: Capability[];
}

export function useCreateModel() {
  const onSuccess = useRefreshed();
  const requestIdFor = useRequestId();
  return useMutation({
    mutationFn: (body: NewModel) =>
      answerOf(api.POST('/api/v1/models', { params: { query: { requestId: requestIdFor(body) } }, body })),
    onSuccess,
  });
}

export function useUpdateModel(modelId: string) {
  const onSuccess = useRefreshed();
  return useMutation({
    mutationFn: (body: ModelSettings) =>
      answerOf(
        api.PATCH('/api/v1/models/{modelId}', {
          params: { path: { modelId } },
          body: changes<'serving.v1.Model'>(body),
        }),
      ),
    onSuccess,
  });
}

/** Removes a model that has no deployment. */
export function useDeleteModel() {
  const onSuccess = useRefreshed();
  return useMutation({
    mutationFn: (modelId: string) =>
      answerOf(api.DELETE('/api/v1/models/{modelId}', { params: { path: { modelId } } })),
    onSuccess,
  });
}
