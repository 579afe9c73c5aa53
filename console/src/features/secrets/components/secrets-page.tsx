import { Button, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { FormDialog } from '@/components/form-dialog';
import { ResourcePage } from '@/components/resource-page';
import type { Column } from '@/components/resource-table';
import { TimeText } from '@/components/time-text';
import { type Secret, useDeleteSecret, useSecrets } from '@/features/secrets/api/secrets';
import { SetSecretForm } from '@/features/secrets/components/set-secret-form';
import { useCan } from '@/lib/session/account';
import { type ProjectScope, useProjectScope } from '@/lib/session/scope';

/** The secrets of a project: what agents' tools use by name. */
export function SecretsPage() {
  const { t } = useTranslation('secrets');
  const scope = useProjectScope();
  const secrets = useSecrets(scope);
  const mayWrite = useCan('secret.write');
  const [setting, setSetting] = useState<string>();
  const [deleting, setDeleting] = useState<string>();
  const columns = useColumns(mayWrite ? { onSet: setSetting, onDelete: setDeleting } : undefined);
  return (
    <ResourcePage
      title={t('title')}
      description={t('description')}
      listing={secrets}
      columns={columns}
      rowKey={(secret) => secret.name ?? ''}
      empty={{
        icon: <IconLock />,
        title: t('empty.title'),
        description: mayWrite ? t('empty.description') : t('empty.viewer'),
      }}
      creation={
        mayWrite
          ? {
              action: t('set.open'),
              title: t('set.title'),
              form: (close) => <SetSecretForm scope={scope} name="" onClose={close} />,
            }
          : undefined
      }
    >
      <FormDialog
        opened={setting !== undefined}
        onClose={() => setSetting(undefined)}
        title={t('set.titleAgain', { name: setting })}
      >
        {setting !== undefined && <SetSecretForm scope={scope} name={setting} onClose={() => setSetting(undefined)} />}
      </FormDialog>
      <DeleteSecretDialog scope={scope} name={deleting} onClose={() => setDeleting(undefined)} />
    </ResourcePage>
  );
}

interface Steps {
  readonly onSet: (name: string) => void;
  readonly onDelete: (name: string) => void;
}

function useColumns(steps: Steps | undefined): Column<Secret>[] {
  const { t } = useTranslation('secrets');
  const columns: Column<Secret>[] = [
    {
      key: 'name',
      header: t('column.name'),
      cell: (secret) => (
        <Text fz="sm" fw={550} ff="monospace">
          {secret.name}
        </Text>
      ),
    },
    { key: 'updated', header: t('column.updated'), cell: (secret) => <TimeText time={secret.updateTime} /> },
    { key: 'created', header: t('column.created'), cell: (secret) => <TimeText time={secret.createTime} /> },
  ];
  if (steps === undefined) {
    return columns;
  }
  const cell = ({ name = '' }: Secret) => (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => steps.onSet(name)}>
        {t('set.again')}
      </Button>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => steps.onDelete(name)}>
        {t('delete.action')}
      </Button>
    </Group>
  );
  return [...columns, { key: 'actions', header: t('column.actions'), quiet: true, align: 'right', cell }];
}

interface DeleteSecretDialogProps {
  readonly scope: ProjectScope;
  readonly name: string | undefined;
  readonly onClose: () => void;
}

function DeleteSecretDialog({ scope, name, onClose }: DeleteSecretDialogProps) {
  const { t } = useTranslation('secrets');
  const remove = useDeleteSecret(scope);
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={name !== undefined}
      onClose={close}
      title={t('delete.title', { name })}
      consequence={t('delete.consequence')}
      typedName={name ?? ''}
      action={t('delete.action')}
      onConfirm={() => remove.mutate(name ?? '', { onSuccess: close })}
      pending={remove.isPending}
      error={remove.error}
    />
  );
}
