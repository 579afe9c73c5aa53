import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowBackUp, IconPackage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { type Column, ResourceTable } from '@/components/resource-table';
import { StateBadge } from '@/components/state-badge';
import { TimeText } from '@/components/time-text';
import type { Agent, AgentScope } from '@/features/agents/api/agents';
import {
  agentDeploymentsQuery,
  type Release,
  releasesQuery,
  useDeployRelease,
  useRollback,
} from '@/features/agents/api/releases';
import { ReleaseDrawer } from '@/features/agents/components/release-drawer';
import { asProblem } from '@/lib/api/problem';
import { useCan } from '@/lib/session/account';

interface ReleasesTabProps {
  readonly agent: Agent;
  readonly scope: AgentScope;
}

/** The releases of an agent, what differs between them, and which one calls go to. */
export function ReleasesTab({ agent, scope }: ReleasesTabProps) {
  const { t } = useTranslation('agents');
  const releases = useQuery(releasesQuery(scope));
  const mayWrite = useCan('agent.write');
  const [opened, setOpened] = useState<Release>();
  const [deploying, setDeploying] = useState<Release>();
  const columns = useColumns(agent, setOpened, mayWrite ? setDeploying : undefined);
  const previous = releases.data?.find(({ number = 0 }) => number === (opened?.number ?? 0) - 1);
  return (
    <Stack gap="md">
      {mayWrite && <Rollback scope={scope} />}
      <ResourceTable
        label={t('tab.releases')}
        listing={{
          rows: releases.data,
          problem: releases.error === null ? undefined : asProblem(releases.error),
          retry: () => void releases.refetch(),
          more: undefined,
          loadingMore: false,
        }}
        columns={columns}
        rowKey={(release) => release.releaseId ?? ''}
        minWidth={720}
        empty={{ icon: <IconPackage />, title: t('release.empty.title'), description: t('release.empty.description') }}
      />
      <ReleaseDrawer release={opened} previous={previous} onClose={() => setOpened(undefined)} />
      <DeployDialog scope={scope} release={deploying} onClose={() => setDeploying(undefined)} />
    </Stack>
  );
}

function useColumns(
  agent: Agent,
  onOpen: (release: Release) => void,
  onDeploy: ((release: Release) => void) | undefined,
): Column<Release>[] {
  const { t } = useTranslation('agents');
  return [
    {
      key: 'number',
      header: t('release.column.release'),
      cell: (release) => (
        <Group gap={10}>
          <Text fz="sm" fw={600}>
            {t('release.number', { number: release.number })}
          </Text>
          {release.releaseId === agent.deployedReleaseId && <StateBadge tone="good" label={t('state.deployed')} />}
        </Group>
      ),
    },
    { key: 'note', header: t('release.column.note'), cell: (release) => release.note || '–' },
    {
      key: 'digest',
      header: t('release.column.digest'),
      cell: (release) => (
        <Text fz="xs" ff="monospace" c="dimmed">
          {(release.digest ?? '').slice(0, 12)}
        </Text>
      ),
    },
    { key: 'made', header: t('release.column.made'), cell: (release) => <TimeText time={release.createTime} /> },
    {
      key: 'actions',
      header: t('column.actions'),
      quiet: true,
      align: 'right',
      cell: (release) => (
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onOpen(release)}>
            {t('release.open')}
          </Button>
          {onDeploy !== undefined && release.releaseId !== agent.deployedReleaseId && (
            <Button variant="subtle" size="compact-sm" onClick={() => onDeploy(release)}>
              {t('release.deploy')}
            </Button>
          )}
        </Group>
      ),
    },
  ];
}

/** Offered once calls went to another release before. */
function Rollback({ scope }: { readonly scope: AgentScope }) {
  const { t } = useTranslation('agents');
  const { data: deployments = [] } = useQuery(agentDeploymentsQuery(scope));
  const [opened, dialog] = useDisclosure(false);
  const rollback = useRollback(scope);
  if (deployments.length < 2) {
    return null;
  }
  return (
    <Group justify="flex-end">
      <Button variant="default" size="xs" leftSection={<IconArrowBackUp size={15} />} onClick={dialog.open}>
        {t('rollback.action')}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t('rollback.title')}
        consequence={t('rollback.consequence')}
        action={t('rollback.action')}
        onConfirm={() => rollback.mutate(undefined, { onSuccess: dialog.close })}
        pending={rollback.isPending}
        error={rollback.error}
      />
    </Group>
  );
}

interface DeployDialogProps {
  readonly scope: AgentScope;
  readonly release: Release | undefined;
  readonly onClose: () => void;
}

function DeployDialog({ scope, release, onClose }: DeployDialogProps) {
  const { t } = useTranslation('agents');
  const deploy = useDeployRelease(scope);
  const close = () => {
    deploy.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={release !== undefined}
      onClose={close}
      title={t('release.deployTitle', { number: release?.number })}
      consequence={t('deploy.consequence')}
      action={t('release.deploy')}
      onConfirm={() => deploy.mutate(release?.releaseId ?? '', { onSuccess: close })}
      pending={deploy.isPending}
      error={deploy.error}
    />
  );
}
