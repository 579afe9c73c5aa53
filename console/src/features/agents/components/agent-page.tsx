import { Anchor, Skeleton, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FailurePanel } from '@/components/failure-panel';
import { Page } from '@/components/page';
import { type Agent, agentQuery, type AgentScope } from '@/features/agents/api/agents';
import { AgentOverview } from '@/features/agents/components/agent-overview';
import { AGENT_TABS, type AgentTab } from '@/features/agents/components/agent-tabs';
import { DeployedBadge } from '@/features/agents/components/agents-page';
import { ReleasesTab } from '@/features/agents/components/releases-tab';
import { SpecificationTab } from '@/features/agents/components/specification-tab';
import { asProblem } from '@/lib/api/problem';
import { useProjectScope } from '@/lib/session/scope';

interface AgentPageProps {
  /** The agent's runs, composed by the app since runs are a feature of their own. */
  readonly runs: (agentId: string) => ReactNode;
}

/** One agent: how it is called, what it is, its releases and runs. */
export function AgentPage({ runs }: AgentPageProps) {
  const { t } = useTranslation('agents');
  const project = useProjectScope();
  const { agentId = '' } = useParams({ strict: false });
  const scope = { ...project, agentId };
  const { data: agent, error, refetch } = useQuery(agentQuery(scope));
  const trail = (
    <Anchor component={Link} to={`/t/${project.tenantId}/p/${project.projectId}/agents`} c="dimmed">
      {t('title')}
    </Anchor>
  );
  if (error !== null) {
    return <FailurePanel problem={asProblem(error)} retry={() => void refetch()} />;
  }
  if (agent === undefined) {
    return (
      <Page title="…" trail={trail}>
        <Skeleton height={280} radius="lg" />
      </Page>
    );
  }
  return (
    <Page
      title={agent.name ?? ''}
      description={agent.description}
      trail={trail}
      aside={<DeployedBadge agent={agent} />}
    >
      <AgentTabs agent={agent} scope={scope} runs={runs} />
    </Page>
  );
}

interface AgentTabsProps extends AgentPageProps {
  readonly agent: Agent;
  readonly scope: AgentScope;
}

function AgentTabs({ agent, scope, runs }: AgentTabsProps) {
  const { t } = useTranslation('agents');
  const { tab = 'overview' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const show = (next: string | null) =>
    void navigate({ to: '.', search: (old) => ({ ...old, tab: next as AgentTab }), replace: true });
  return (
    <Tabs value={tab} onChange={show} keepMounted={false}>
      <Tabs.List mb="lg">
        {AGENT_TABS.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`tab.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="overview">
        <AgentOverview agent={agent} scope={scope} />
      </Tabs.Panel>
      <Tabs.Panel value="specification">
        <SpecificationTab agent={agent} scope={scope} />
      </Tabs.Panel>
      <Tabs.Panel value="releases">
        <ReleasesTab agent={agent} scope={scope} />
      </Tabs.Panel>
      <Tabs.Panel value="runs">{runs(scope.agentId)}</Tabs.Panel>
    </Tabs>
  );
}
