import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMinus, IconPlayerPlay, IconPlayerStop, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { CopyField } from '@/components/copy-field';
import { ProblemAlert } from '@/components/problem-alert';
import { type Deployment, useDeploymentSteps } from '@/features/deployments/api/deployments';
import classes from '@/features/deployments/components/deployment-card.module.css';
import { ObservedStateBadge } from '@/features/deployments/components/observed-state';
import { ReplicaTable } from '@/features/deployments/components/replica-table';

interface DeploymentCardProps {
  readonly deployment: Deployment;
  readonly mayWrite: boolean;
}

/** One deployment with its replicas and what can be done to it. */
export function DeploymentCard({ deployment, mayWrite }: DeploymentCardProps) {
  const steps = useDeploymentSteps(deployment.deploymentId ?? '');
  return (
    <article className={classes['card']} aria-label={deployment.model}>
      <div className={classes['head']}>
        <div>
          <Group gap="sm">
            <Text component="h2" fz="md" fw={600} m={0}>
              {deployment.model}
            </Text>
            <ObservedStateBadge state={deployment.observedState} />
          </Group>
          <Group gap={10} mt={4}>
            <Text fz="xs" c="dimmed">
              {deployment.engineProfile}
            </Text>
            <CopyField plain value={deployment.deploymentId ?? ''} />
          </Group>
        </div>
        {mayWrite && <Steps deployment={deployment} steps={steps} />}
      </div>
      {[steps.start.error, steps.stop.error, steps.scale.error].map(
        (error, index) =>
          error !== null && (
            <div key={index} className={classes['problem']}>
              <ProblemAlert error={error} />
            </div>
          ),
      )}
      <ReplicaTable replicas={deployment.replicaStates ?? []} />
    </article>
  );
}

interface StepsProps {
  readonly deployment: Deployment;
  readonly steps: ReturnType<typeof useDeploymentSteps>;
}

function Steps({ deployment, steps }: StepsProps) {
  const { t } = useTranslation('deployments');
  const [removing, remove] = useDisclosure(false);
  const [stopping, stop] = useDisclosure(false);
  const running = deployment.desiredState === 'DESIRED_STATE_RUNNING';
  return (
    <Group gap="xs">
      {running && deployment.process !== undefined && <Scale deployment={deployment} steps={steps} />}
      {running ? (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlayerStop size={14} />}
          loading={steps.stop.isPending}
          onClick={stop.open}
        >
          {t('stop.action')}
        </Button>
      ) : (
        <>
          <Button
            size="xs"
            leftSection={<IconPlayerPlay size={14} />}
            loading={steps.start.isPending}
            onClick={() => steps.start.mutate()}
          >
            {t('start')}
          </Button>
          <Tooltip label={t('remove.action')}>
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t('remove.openFor', { name: deployment.model })}
              onClick={remove.open}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
      <ConfirmDialog
        opened={stopping}
        onClose={stop.close}
        title={t('stop.title', { name: deployment.model })}
        consequence={t('stop.consequence')}
        action={t('stop.action')}
        onConfirm={() => steps.stop.mutate(undefined, { onSuccess: stop.close })}
        pending={steps.stop.isPending}
        error={steps.stop.error}
      />
      <ConfirmDialog
        opened={removing}
        onClose={remove.close}
        title={t('remove.title', { name: deployment.model })}
        consequence={t('remove.consequence')}
        action={t('remove.action')}
        onConfirm={() => steps.remove.mutate()}
        pending={steps.remove.isPending}
        error={steps.remove.error}
      />
    </Group>
  );
}

function Scale({ deployment, steps }: StepsProps) {
  const { t } = useTranslation('deployments');
  const replicas = deployment.replicas ?? 1;
  const change = (by: number) => steps.scale.mutate(replicas + by);
  return (
    <Group gap={4} role="group" aria-label={t('replicas.label')}>
      <ActionIcon
        variant="default"
        size="md"
        aria-label={t('replicas.fewer')}
        disabled={replicas <= 1 || steps.scale.isPending}
        onClick={() => change(-1)}
      >
        <IconMinus size={14} />
      </ActionIcon>
      <Text fz="sm" miw={92} ta="center">
        {t('replicas.count', { count: replicas })}
      </Text>
      <ActionIcon
        variant="default"
        size="md"
        aria-label={t('replicas.more')}
        disabled={steps.scale.isPending}
        onClick={() => change(1)}
      >
        <IconPlus size={14} />
      </ActionIcon>
    </Group>
  );
}
