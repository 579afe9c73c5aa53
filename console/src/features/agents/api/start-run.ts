import { useMutation } from '@tanstack/react-query';
import type { AgentScope } from '@/features/agents/api/agents';
import { answerOf, api } from '@/lib/api/client';
import { randomId } from '@/lib/api/request-id';

/** What is run: the working copy, or what calls go to. */
export type RunSource = 'draft' | 'deployed';

/** Starts a run of an agent; asking the same again is a new run, as a person means it. */
export function useStartRun(scope: AgentScope) {
  return useMutation({
    mutationFn: ({ text, source }: { text: string; source: RunSource }) => {
      const input = [{ role: 'user' as const, content: text }];
      return answerOf(
        api.POST('/api/v1/tenants/{tenantId}/projects/{projectId}/agents/{agentId}/runs', {
          params: { path: scope },
          body: { input, requestId: randomId(), ...(source === 'draft' ? { draft: true } : {}) },
        }),
      );
    },
  });
}
