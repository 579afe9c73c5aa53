import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCube, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { FormDialog } from '@/components/form-dialog';
import { Page } from '@/components/page';
import { ResourceTable } from '@/components/resource-table';
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
  const [creating, create] = useDisclosure(false);
  const [editing, setEditing] = useState<Model>();
  const [deleting, setDeleting] = useState<Model>();
  const columns = useModelColumns(mayWrite ? { onEdit: setEditing, onDelete: setDeleting } : undefined);
  const createButton = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={create.open}>
      {t('create.open')}
    </Button>
  );
  return (
    <Page title={t('title')} description={t('description')} actions={createButton}>
      <ResourceTable
        label={t('title')}
        listing={models}
        columns={columns}
        rowKey={(model) => model.modelId ?? ''}
        minWidth={860}
        empty={{
          icon: <IconCube />,
          title: t('empty.title'),
          description: t('empty.description'),
          action: createButton,
        }}
      />
      <FormDialog opened={creating} onClose={create.close} title={t('create.title')} size="lg">
        <CreateModelForm onClose={create.close} />
      </FormDialog>
      <FormDialog
        opened={editing !== undefined}
        onClose={() => setEditing(undefined)}
        title={t('edit.title', { name: editing?.name })}
        size="lg"
      >
        {editing !== undefined && <EditModelForm model={editing} onClose={() => setEditing(undefined)} />}
      </FormDialog>
      <DeleteModelDialog model={deleting} onClose={() => setDeleting(undefined)} />
    </Page>
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
