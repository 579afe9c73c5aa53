import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/components/form-dialog';
import { Page } from '@/components/page';
import { ResourceTable } from '@/components/resource-table';
import { type ApiKey, useKeys } from '@/features/keys/api/list-keys';
import { CreateKeyForm } from '@/features/keys/components/create-key-form';
import { useKeyColumns } from '@/features/keys/components/key-columns';
import { NewKeyDialog } from '@/features/keys/components/new-key-dialog';
import { RevokeKeyDialog } from '@/features/keys/components/revoke-key-dialog';
import { useCan } from '@/lib/session/account';
import { useProjectScope } from '@/lib/session/scope';

/** The API keys of a project. */
export function KeysPage() {
  const { t } = useTranslation('keys');
  const scope = useProjectScope();
  const keys = useKeys(scope);
  const mayWrite = useCan('apikey.write');
  const [creating, create] = useDisclosure(false);
  const [secret, setSecret] = useState<string>();
  const [revoking, setRevoking] = useState<ApiKey>();
  const columns = useKeyColumns(mayWrite ? setRevoking : undefined);
  const createButton = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={create.open}>
      {t('create.open')}
    </Button>
  );
  return (
    <Page title={t('title')} description={t('description')} actions={createButton}>
      <ResourceTable
        label={t('title')}
        listing={keys}
        columns={columns}
        rowKey={(key) => key.keyId ?? ''}
        minWidth={860}
        empty={{
          icon: <IconKey />,
          title: t('empty.title'),
          description: mayWrite ? t('empty.description') : t('empty.viewer'),
          action: createButton,
        }}
      />
      <FormDialog opened={creating} onClose={create.close} title={t('create.title')}>
        <CreateKeyForm
          scope={scope}
          onCancel={create.close}
          onCreated={(made) => {
            create.close();
            setSecret(made);
          }}
        />
      </FormDialog>
      <NewKeyDialog secret={secret} onClose={() => setSecret(undefined)} />
      <RevokeKeyDialog scope={scope} apiKey={revoking} onClose={() => setRevoking(undefined)} />
    </Page>
  );
}
