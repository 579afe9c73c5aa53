import { Button, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCpu, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailurePanel } from '@/components/failure-panel';
import { FormDialog } from '@/components/form-dialog';
import { LiveBadge } from '@/components/live-badge';
import { Page } from '@/components/page';
import { StatePanel } from '@/components/state-panel';
import { deploymentsQuery } from '@/features/deployments/api/deployments';
import { useLiveDeployments } from '@/features/deployments/api/use-live-deployments';
import { CreateDeploymentForm } from '@/features/deployments/components/create-deployment-form';
import { DeploymentCard } from '@/features/deployments/components/deployment-card';
import { asProblem } from '@/lib/api/problem';
import { useCan } from '@/lib/session/account';

/** How models are served, live: what is asked for, what is, each replica. */
export function DeploymentsPage() {
  const { t } = useTranslation('deployments');
  const { data: deployments, error, refetch } = useQuery(deploymentsQuery);
  const live = useLiveDeployments();
  const mayWrite = useCan('platform.deployment.write');
  const [creating, create] = useDisclosure(false);
  const createButton = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={create.open}>
      {t('create.open')}
    </Button>
  );
  return (
    <Page title={t('title')} description={t('description')} aside={<LiveBadge state={live} />} actions={createButton}>
      {error !== null && deployments === undefined && (
        <FailurePanel problem={asProblem(error)} retry={() => void refetch()} />
      )}
      {error === null && deployments === undefined && <Skeleton height={220} radius="lg" />}
      {deployments?.length === 0 && (
        <StatePanel icon={<IconCpu />} color="gray" title={t('empty.title')} description={t('empty.description')}>
          {createButton}
        </StatePanel>
      )}
      <Stack gap="md">
        {deployments?.map((deployment) => (
          <DeploymentCard key={deployment.deploymentId} deployment={deployment} mayWrite={mayWrite} />
        ))}
      </Stack>
      <FormDialog opened={creating} onClose={create.close} title={t('create.title')} size="lg">
        <CreateDeploymentForm onClose={create.close} />
      </FormDialog>
    </Page>
  );
}
