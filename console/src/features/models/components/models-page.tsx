import { IconCube } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { FormDialog } from '@/components/form-dialog';
import { ResourcePage } from '@/components/resource-page';
import { useDeleteModel, useModels } from '@/features/models/api/models';
import { useModelColumns } from '@/features/models/components/model-columns';
import { CreateModelForm, EditModelForm } from '@/features/models/components/model-forms';
import type { Model } from '@/lib/queries/models';
import { useCan } from '@/lib/session/account';

/** The catalogue: what this installation can serve, and who sees it. */
export function ModelsPage() {
  const { t } = useTranslation('models');
  const models = useModels();
  const mayWrite = useCan('platform.model.write');
  const [editing, setEditing] = useState<Model>();
  const [deleting, setDeleting] = useState<Model>();
  const columns = useModelColumns(mayWrite ? { onEdit: setEditing, onDelete: setDeleting } : undefined);
  return (
    <ResourcePage
      title={t('title')}
      description={t('description')}
      listing={models}
      columns={columns}
      rowKey={(model) => model.modelId ?? ''}
      minWidth={860}
      empty={{ icon: <IconCube />, title: t('empty.title'), description: t('empty.description') }}
      creation={
        mayWrite
          ? {
              action: t('create.open'),
              title: t('create.title'),
              size: 'lg',
              form: (close) => <CreateModelForm onClose={close} />,
            }
          : undefined
      }
    >
      <FormDialog
        opened={editing !== undefined}
        onClose={() => setEditing(undefined)}
        title={t('edit.title', { name: editing?.name })}
        size="lg"
      >
        {editing !== undefined && <EditModelForm model={editing} onClose={() => setEditing(undefined)} />}
      </FormDialog>
      <DeleteModelDialog model={deleting} onClose={() => setDeleting(undefined)} />
    </ResourcePage>
  );
}

function DeleteModelDialog({ model, onClose }: { readonly model: Model | undefined; readonly onClose: () => void }) {
  const { t } = useTranslation('models');
  const remove = useDeleteModel();
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={model !== undefined}
      onClose={close}
      title={t('delete.title', { name: model?.name })}
      consequence={t('delete.consequence')}
      typedName={model?.name ?? ''}
      action={t('delete.action')}
      onConfirm={() => remove.mutate(model?.modelId ?? '', { onSuccess: close })}
      pending={remove.isPending}
      error={remove.error}
    />
  );
}
