import { Anchor, Text } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/copy-field';
import { ResourcePage } from '@/components/resource-page';
import type { Column } from '@/components/resource-table';
import { StateBadge } from '@/components/state-badge';
import { TimeText } from '@/components/time-text';
import { type Agent, useAgents } from '@/features/agents/api/agents';
import { CreateAgentForm } from '@/features/agents/components/create-agent-form';
import { useCan } from '@/lib/session/account';
import { useProjectScope } from '@/lib/session/scope';

/** The agents of a project. */
export function AgentsPage() {
  const { t } = useTranslation('agents');
  const scope = useProjectScope();
  const agents = useAgents(scope);
  const mayWrite = useCan('agent.write');
  const columns = useColumns();
  return (
    <ResourcePage
      title={t('title')}
      description={t('description')}
      listing={agents}
      columns={columns}
      rowKey={(agent) => agent.agentId ?? ''}
      minWidth={760}
      empty={{
        icon: <IconRobot />,
        title: t('empty.title'),
        description: mayWrite ? t('empty.description') : t('empty.viewer'),
      }}
      creation={
        mayWrite
          ? {
              action: t('create.open'),
              title: t('create.title'),
              form: (close) => <CreateAgentForm scope={scope} onClose={close} />,
            }
          : undefined
      }
    />
  );
}

function useColumns(): Column<Agent>[] {
  const { t } = useTranslation('agents');
  return [
    { key: 'name', header: t('column.name'), cell: (agent) => <Name agent={agent} /> },
    {
      key: 'model',
      header: t('column.calledAs'),
      cell: (agent) => <CopyField plain value={`agent/${agent.name ?? ''}`} what={t('column.calledAs')} />,
    },
    { key: 'state', header: t('column.state'), cell: (agent) => <DeployedBadge agent={agent} /> },
    { key: 'updated', header: t('column.updated'), cell: (agent) => <TimeText time={agent.updateTime} /> },
  ];
}

function Name({ agent }: { readonly agent: Agent }) {
  return (
    <>
      <Anchor
        component={Link}
        to={`/t/${agent.tenantId ?? ''}/p/${agent.projectId ?? ''}/agents/${agent.agentId ?? ''}`}
        fz="sm"
        fw={550}
        c="var(--text-strong)"
      >
        {agent.name}
      </Anchor>
      <Text fz="xs" c="dimmed" lineClamp={1} maw={420}>
        {agent.description}
      </Text>
    </>
  );
}

/** Whether calls of an agent go anywhere. */
export function DeployedBadge({ agent }: { readonly agent: Agent }) {
  const { t } = useTranslation('agents');
  const deployed = agent.deployedReleaseId !== undefined && agent.deployedReleaseId !== '';
  return <StateBadge tone={deployed ? 'good' : 'idle'} label={deployed ? t('state.deployed') : t('state.draft')} />;
}
