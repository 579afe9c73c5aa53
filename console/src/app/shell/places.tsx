import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Place } from '@/app/shell/place';
import { PlaceSwitcher } from '@/app/shell/place-switcher';
import classes from '@/app/shell/places.module.css';
import { projectsQuery } from '@/lib/queries/projects';
import { can, useAccount } from '@/lib/session/account';

/** The way to here: tenant, then project, each a switcher. */
export function Places({ place }: { readonly place: Place }) {
  return (
    <div className={classes['places']}>
      <TenantSwitcher place={place} />
      {place.tenantId !== undefined && (
        <>
          <span className={classes['slash']} aria-hidden>
            /
          </span>
          <ProjectSwitcher tenantId={place.tenantId} projectId={place.projectId} />
        </>
      )}
    </div>
  );
}

function TenantSwitcher({ place }: { readonly place: Place }) {
  const { t } = useTranslation('app');
  const account = useAccount();
  const navigate = useNavigate();
  const options = (account.memberships ?? []).map((membership) => ({
    id: membership.tenantId ?? '',
    label: membership.tenantDisplayName || membership.tenantName || '',
    note: membership.tenantName,
  }));
  return (
    <PlaceSwitcher
      what={t('switcher.tenant')}
      placeholder={t('switcher.noTenant')}
      options={options}
      current={options.find((option) => option.id === place.tenantId)}
      onChoose={(tenantId) => void navigate({ to: '/t/$tenantId', params: { tenantId } })}
    />
  );
}

function ProjectSwitcher({
  tenantId,
  projectId,
}: {
  readonly tenantId: string;
  readonly projectId: string | undefined;
}) {
  const { t } = useTranslation('app');
  const account = useAccount();
  const navigate = useNavigate();
  const { data: projects = [] } = useQuery(projectsQuery(tenantId));
  const options = projects.map((project) => ({
    id: project.projectId ?? '',
    label: project.displayName || project.name || '',
    note: project.name,
  }));
  return (
    <PlaceSwitcher
      what={t('switcher.project')}
      placeholder={t('switcher.noProject')}
      options={options}
      current={options.find((option) => option.id === projectId)}
      onChoose={(chosen) => void navigate({ to: '/t/$tenantId/p/$projectId', params: { tenantId, projectId: chosen } })}
      footer={
        can(account, 'project.write', tenantId) ? (
          <Button
            component={Link}
            to={`/t/${tenantId}/projects`}
            variant="subtle"
            color="gray"
            size="xs"
            fullWidth
            justify="flex-start"
            leftSection={<IconPlus size={14} />}
          >
            {t('switcher.manageProjects')}
          </Button>
        ) : undefined
      }
    />
  );
}
