import { Button, Center, Loader } from '@mantine/core';
import { IconBuildingSkyscraper, IconFolderPlus, IconMapQuestion, IconZoomExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, Navigate, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { lastProject, startTenant } from '@/app/shell/place';
import { FailurePanel } from '@/components/failure-panel';
import { StatePage } from '@/components/state-page';
import { asProblem } from '@/lib/api/problem';
import { isLoadingFailure } from '@/lib/loading-failure';
import { projectsQuery } from '@/lib/queries/projects';
import { accountQuery, can, membershipIn, useAccount, useCan } from '@/lib/session/account';
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
    <StatePage
      icon={<IconBuildingSkyscraper />}
      title={t('noTenant.title')}
      description={admin ? t('noTenant.admin') : t('noTenant.description')}
    >
      {admin && (
        <Button component={Link} to="/platform/tenants">
          {t('noTenant.create')}
        </Button>
      )}
    </StatePage>
  );
}

/** What lies below a tenant's address, for those who have a part in that tenant. */
export function TenantArea() {
  const account = useAccount();
  const tenantId = useTenantId();
  const member = membershipIn(account, tenantId) !== undefined;
  // Somebody may have joined, or created the tenant, since the account was read.
  const { isFetching } = useQuery({ ...accountQuery, enabled: !member, staleTime: 0, refetchOnMount: 'always' });
  if (member) {
    return <Outlet />;
  }
  return isFetching ? <Waiting /> : <NoSuchTenant />;
}

function NoSuchTenant() {
  const { t } = useTranslation('components');
  return (
    <StatePage
      icon={<IconMapQuestion />}
      color="gray"
      role="alert"
      title={t('missing.title')}
      description={t('missing.description')}
    >
      <ToStart />
    </StatePage>
  );
}

function ToStart() {
  const { t } = useTranslation('app');
  return (
    <Button component={Link} to="/" variant="default">
      {t('notFound.action')}
    </Button>
  );
}

function Waiting() {
  const { t } = useTranslation('app');
  return (
    <Center mih={240}>
      <Loader type="dots" aria-label={t('shell.loading')} />
    </Center>
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
    return <Waiting />;
  }
  const last = lastProject(tenantId);
  const project = projects.find(({ projectId }) => projectId === last) ?? projects[0];
  if (project?.projectId !== undefined) {
    return <Navigate to="/t/$tenantId/p/$projectId" params={{ tenantId, projectId: project.projectId }} replace />;
  }
  return (
    <StatePage
      icon={<IconFolderPlus />}
      title={t('noProject.title')}
      description={mayCreate ? t('noProject.description') : t('noProject.viewer')}
    >
      {mayCreate && (
        <Button component={Link} to={`/t/${tenantId}/projects`}>
          {t('noProject.create')}
        </Button>
      )}
    </StatePage>
  );
}

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation('app');
  return (
    <StatePage
      icon={<IconMapQuestion />}
      color="gray"
      title={t('notFound.title')}
      description={t('notFound.description')}
    >
      <ToStart />
    </StatePage>
  );
}

/** A page whose own code failed, or did not come: the connection is gone, or the platform was replaced by a newer one. */
export function BrokenPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation('app');
  if (isLoadingFailure(error)) {
    return <FailurePanel problem={asProblem(error)} retry={() => window.location.reload()} />;
  }
  return (
    <StatePage
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
    </StatePage>
  );
}
