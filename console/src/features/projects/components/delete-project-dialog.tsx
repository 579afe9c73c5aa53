import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { useDeleteProject } from '@/features/projects/api/projects';
import type { Project } from '@/lib/queries/projects';

interface DeleteProjectDialogProps {
  readonly tenantId: string;
  readonly project: Project | undefined;
  readonly onClose: () => void;
}

/** Asks for the project's name before its keys and secrets are gone. */
export function DeleteProjectDialog({ tenantId, project, onClose }: DeleteProjectDialogProps) {
  const { t } = useTranslation('projects');
  const remove = useDeleteProject(tenantId);
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={project !== undefined}
      onClose={close}
      title={t('delete.title', { name: project?.displayName || project?.name })}
      consequence={t('delete.consequence')}
      typedName={project?.name ?? ''}
      action={t('delete.action')}
      onConfirm={() => remove.mutate(project?.projectId ?? '', { onSuccess: close })}
      pending={remove.isPending}
      error={remove.error}
    />
  );
}
