import { Button, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { CopyField } from '@/components/copy-field';
import { Panel } from '@/components/panel';
import { Snippet } from '@/components/snippet';
import { TimeText } from '@/components/time-text';
import { type Agent, type AgentScope, useDeleteAgent } from '@/features/agents/api/agents';
import { releasesQuery } from '@/features/agents/api/releases';
import { AskAgent } from '@/features/agents/components/ask-agent';
import { chatSnippets } from '@/lib/snippets';
import { installationQuery } from '@/lib/queries/installation';
import { useCan } from '@/lib/session/account';

interface AgentOverviewProps {
  readonly agent: Agent;
  readonly scope: AgentScope;
}

/** How the agent is called, and a place to try it. */
export function AgentOverview({ agent, scope }: AgentOverviewProps) {
  const { t } = useTranslation('agents');
  const { data: installation } = useQuery(installationQuery);
  const mayRun = useCan('agent.run');
  const mayWrite = useCan('agent.write');
  const deployed = agent.deployedReleaseId !== '' && agent.deployedReleaseId !== undefined;
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Panel title={t('overview.facts')}>
          <Facts agent={agent} scope={scope} />
        </Panel>
        {mayRun && (
          <Panel title={t('ask.title')} description={deployed ? t('ask.deployed') : t('ask.notDeployed')}>
            <AskAgent scope={scope} source="deployed" disabled={!deployed} />
          </Panel>
        )}
      </SimpleGrid>
      <Panel title={t('overview.call')} description={t('overview.callHint')}>
        <Snippet
          variants={chatSnippets(installation?.publicUrl, `agent/${agent.name ?? ''}`, t('overview.question'))}
        />
      </Panel>
      {mayWrite && <DeleteAgent agent={agent} scope={scope} />}
    </Stack>
  );
}

function Facts({ agent, scope }: AgentOverviewProps) {
  const { t } = useTranslation('agents');
  const { data: releases = [] } = useQuery(releasesQuery(scope));
  const release = releases.find(({ releaseId }) => releaseId === agent.deployedReleaseId);
  return (
    <Stack gap={10} fz="sm">
      <div>
        <Text fz="xs" c="dimmed">
          {t('column.calledAs')}
        </Text>
        <CopyField value={`agent/${agent.name ?? ''}`} what={t('column.calledAs')} />
      </div>
      <div>
        <Text fz="xs" c="dimmed">
          {t('overview.release')}
        </Text>
        {release === undefined ? t('overview.none') : t('release.number', { number: release.number })}
      </div>
      <div>
        <Text fz="xs" c="dimmed">
          {t('overview.id')}
        </Text>
        <CopyField plain value={agent.agentId ?? ''} what={t('overview.id')} />
      </div>
      <div>
        <Text fz="xs" c="dimmed">
          {t('column.updated')}
        </Text>
        <TimeText time={agent.updateTime} />
      </div>
    </Stack>
  );
}

function DeleteAgent({ agent, scope }: AgentOverviewProps) {
  const { t } = useTranslation('agents');
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const remove = useDeleteAgent(scope);
  const leave = () => void navigate({ to: '/t/$tenantId/p/$projectId/agents', params: scope });
  return (
    <div>
      <Button variant="subtle" color="red" size="xs" onClick={dialog.open}>
        {t('delete.action')}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t('delete.title', { name: agent.name })}
        consequence={t('delete.consequence')}
        typedName={agent.name ?? ''}
        action={t('delete.action')}
        onConfirm={() => remove.mutate(undefined, { onSuccess: leave })}
        pending={remove.isPending}
        error={remove.error}
      />
    </div>
  );
}
