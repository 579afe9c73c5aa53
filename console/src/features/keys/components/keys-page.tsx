import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ResourcePage } from '@/components/resource-page';
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
  const [secret, setSecret] = useState<string>();
  const [revoking, setRevoking] = useState<ApiKey>();
  const columns = useKeyColumns(mayWrite ? setRevoking : undefined);
  return (
    <ResourcePage
      title={t('title')}
      description={t('description')}
      listing={keys}
      columns={columns}
      rowKey={(key) => key.keyId ?? ''}
      minWidth={860}
      empty={{
        icon: <IconKey />,
        title: t('empty.title'),
        description: mayWrite ? t('empty.description') : t('empty.viewer'),
      }}
      creation={
        mayWrite
          ? {
              action: t('create.open'),
              title: t('create.title'),
              form: (close) => (
                <CreateKeyForm
                  scope={scope}
                  onCancel={close}
                  onCreated={(made) => {
                    close();
                    setSecret(made);
                  }}
                />
              ),
            }
          : undefined
      }
    >
      <NewKeyDialog secret={secret} onClose={() => setSecret(undefined)} />
      <RevokeKeyDialog scope={scope} apiKey={revoking} onClose={() => setRevoking(undefined)} />
    </ResourcePage>
  );
}
