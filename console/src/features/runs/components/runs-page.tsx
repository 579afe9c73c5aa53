import { Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { RUN_STATES, type RunState } from '@/features/runs/api/runs';
import { RunsTable } from '@/features/runs/components/runs-table';
import { projectAgentsQuery } from '@/lib/queries/agents';
import { useProjectScope } from '@/lib/session/scope';

/** The runs of a project's agents. */
export function RunsPage() {
  const { t } = useTranslation('runs');
  const scope = useProjectScope();
  const { agent, state } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data: agents = [] } = useQuery(projectAgentsQuery(scope));
  const set = (change: { agent?: string | undefined; state?: RunState | undefined }) =>
    void navigate({ to: '.', search: (old) => ({ ...old, ...change }) });
  return (
    <Page title={t('title')} description={t('description')}>
      <Group mb="md" gap="xs">
        <Select
          size="xs"
          w={200}
          clearable
          searchable
          aria-label={t('filter.agent')}
          placeholder={t('filter.allAgents')}
          data={agents.map((one) => ({ value: one.agentId ?? '', label: one.name ?? '' }))}
          value={agent ?? null}
          onChange={(value) => set({ agent: value ?? undefined })}
        />
        <Select
          size="xs"
          w={170}
          clearable
          aria-label={t('filter.state')}
          placeholder={t('filter.allStates')}
          data={RUN_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
          value={state ?? null}
          onChange={(value) => set({ state: value ?? undefined })}
        />
      </Group>
      <RunsTable filter={{ agentId: agent, state }} />
    </Page>
  );
}
