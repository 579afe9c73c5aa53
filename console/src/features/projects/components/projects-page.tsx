import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconFolders } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '@/components/copy-field';
import { FormDialog } from '@/components/form-dialog';
import { ResourcePage } from '@/components/resource-page';
import type { Column } from '@/components/resource-table';
import { TimeText } from '@/components/time-text';
import { useProjects } from '@/features/projects/api/projects';
import { DeleteProjectDialog } from '@/features/projects/components/delete-project-dialog';
import { CreateProjectForm, RenameProjectForm } from '@/features/projects/components/project-forms';
import type { Project } from '@/lib/queries/projects';
import { useCan } from '@/lib/session/account';
import { useTenantId } from '@/lib/session/scope';

/** The projects of a tenant. */
export function ProjectsPage() {
  const { t } = useTranslation('projects');
  const tenantId = useTenantId();
  const projects = useProjects(tenantId);
  const mayWrite = useCan('project.write');
  const [renaming, setRenaming] = useState<Project>();
  const [deleting, setDeleting] = useState<Project>();
  const columns = useColumns(mayWrite ? { onRename: setRenaming, onDelete: setDeleting } : undefined);
  return (
    <ResourcePage
      title={t('title')}
      description={t('description')}
      listing={projects}
      columns={columns}
      rowKey={(project) => project.projectId ?? ''}
      empty={{
        icon: <IconFolders />,
        title: t('empty.title'),
        description: mayWrite ? t('empty.description') : t('empty.viewer'),
      }}
      creation={
        mayWrite
          ? {
              action: t('create.open'),
              title: t('create.title'),
              form: (close) => <CreateProjectForm tenantId={tenantId} onClose={close} />,
            }
          : undefined
      }
    >
      <FormDialog opened={renaming !== undefined} onClose={() => setRenaming(undefined)} title={t('rename.title')}>
        {renaming !== undefined && (
          <RenameProjectForm tenantId={tenantId} project={renaming} onClose={() => setRenaming(undefined)} />
        )}
      </FormDialog>
      <DeleteProjectDialog tenantId={tenantId} project={deleting} onClose={() => setDeleting(undefined)} />
    </ResourcePage>
  );
}

interface Steps {
  readonly onRename: (project: Project) => void;
  readonly onDelete: (project: Project) => void;
}

function useColumns(steps: Steps | undefined): Column<Project>[] {
  const { t } = useTranslation('projects');
  const columns: Column<Project>[] = [
    { key: 'name', header: t('column.name'), cell: (project) => <Name project={project} /> },
    {
      key: 'id',
      header: t('column.id'),
      cell: (project) => <CopyField plain value={project.projectId ?? ''} what={t('column.id')} />,
    },
    { key: 'created', header: t('column.created'), cell: (project) => <TimeText time={project.createTime} /> },
  ];
  if (steps === undefined) {
    return columns;
  }
  const cell = (project: Project) => (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => steps.onRename(project)}>
        {t('rename.open')}
      </Button>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => steps.onDelete(project)}>
        {t('delete.action')}
      </Button>
    </Group>
  );
  return [...columns, { key: 'actions', header: t('column.actions'), quiet: true, align: 'right', cell }];
}

function Name({ project }: { readonly project: Project }) {
  return (
    <>
      <Anchor
        component={Link}
        to={`/t/${project.tenantId ?? ''}/p/${project.projectId ?? ''}`}
        fz="sm"
        fw={550}
        c="var(--text-strong)"
      >
        {project.displayName || project.name}
      </Anchor>
      <Text fz="xs" c="dimmed" ff="monospace">
        {project.name}
      </Text>
    </>
  );
}
