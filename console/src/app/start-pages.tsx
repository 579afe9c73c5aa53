import { Button, Center, Loader } from '@mantine/core';
import { IconBuildingSkyscraper, IconFolderPlus, IconMapQuestion, IconZoomExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { lastProject, startTenant } from '@/app/shell/place';
import { FailurePanel } from '@/components/failure-panel';
import { StatePanel } from '@/components/state-panel';
import { asProblem } from '@/lib/api/problem';
import { projectsQuery } from '@/lib/queries/projects';
import { can, useAccount, useCan } from '@/lib/session/account';
import { useTenantId } from '@/lib/session/scope';

/** `/console/`: leads to the tenant that was open last, or says how to get into one. */
export function StartPage() {
  const { t } = useTranslation('app');
  const account = useAccount();
  const tenantId = startTenant(account);
  if (tenantId !== undefined) {
    return <Navigate to="/t/$tenantId" params={{ tenantId }} replace />;
  }
  const admin = can(account, 'platform.tenant.write', undefined);
  return (
    <StatePanel
      icon={<IconBuildingSkyscraper />}
      title={t('noTenant.title')}
      description={admin ? t('noTenant.admin') : t('noTenant.description')}
    >
      {admin && (
        <Button component={Link} to="/platform/tenants">
          {t('noTenant.create')}
        </Button>
      )}
    </StatePanel>
  );
}

/** A tenant's own address: leads to the project that was open last in it, or says how to get one. */
export function TenantStartPage() {
  const { t } = useTranslation('app');
  const tenantId = useTenantId();
  const mayCreate = useCan('project.write');
  const { data: projects, error, refetch } = useQuery(projectsQuery(tenantId));
  if (error !== null) {
    return <FailurePanel problem={asProblem(error)} retry={() => void refetch()} />;
  }
  if (projects === undefined) {
    return (
      <Center mih={240}>
        <Loader type="dots" aria-label={t('shell.loading')} />
      </Center>
    );
  }
  const last = lastProject(tenantId);
  const project = projects.find(({ projectId }) => projectId === last) ?? projects[0];
  if (project?.projectId !== undefined) {
    return <Navigate to="/t/$tenantId/p/$projectId" params={{ tenantId, projectId: project.projectId }} replace />;
  }
  return (
    <StatePanel
      icon={<IconFolderPlus />}
      title={t('noProject.title')}
      description={mayCreate ? t('noProject.description') : t('noProject.viewer')}
    >
      {mayCreate && (
        <Button component={Link} to={`/t/${tenantId}/projects`}>
          {t('noProject.create')}
        </Button>
      )}
    </StatePanel>
  );
}

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation('app');
  return (
    <StatePanel
      icon={<IconMapQuestion />}
      color="gray"
      title={t('notFound.title')}
      description={t('notFound.description')}
    >
      <Button component={Link} to="/" variant="default">
        {t('notFound.action')}
      </Button>
    </StatePanel>
  );
}

/** A page whose own code failed. */
export function BrokenPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation('app');
  return (
    <StatePanel
      icon={<IconZoomExclamation />}
      color="red"
      role="alert"
      title={t('broken.title')}
      description={
        <>
          {t('broken.description')} <code>{error instanceof Error ? error.message : ''}</code>
        </>
      }
    >
      <Button variant="default" onClick={() => window.location.reload()}>
        {t('broken.action')}
      </Button>
    </StatePanel>
  );
}
