import { Button, Stack, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/components/form-dialog';
import { Page } from '@/components/page';
import { ResourceTable } from '@/components/resource-table';
import { type Invited } from '@/features/members/api/invitations';
import { type Member, useMembers } from '@/features/members/api/members';
import { InvitationsTable } from '@/features/members/components/invitations-table';
import { InviteForm } from '@/features/members/components/invite-form';
import { InvitedDialog } from '@/features/members/components/invited-dialog';
import { useMemberColumns } from '@/features/members/components/member-columns';
import { RemoveMemberDialog } from '@/features/members/components/remove-member-dialog';
import { useCan } from '@/lib/session/account';
import { useTenantId } from '@/lib/session/scope';

/** The people of a tenant, their roles, and who is invited. */
export function MembersPage() {
  const { t } = useTranslation('members');
  const tenantId = useTenantId();
  const members = useMembers(tenantId);
  const mayWrite = useCan('member.write');
  const [inviting, invite] = useDisclosure(false);
  const [invited, setInvited] = useState<Invited>();
  const [removing, setRemoving] = useState<Member>();
  const columns = useMemberColumns(tenantId, mayWrite ? setRemoving : undefined);
  const inviteButton = mayWrite && (
    <Button leftSection={<IconUserPlus size={16} />} onClick={invite.open}>
      {t('invite.open')}
    </Button>
  );
  return (
    <Page title={t('title')} description={t('description')} actions={inviteButton}>
      <Stack gap={32}>
        <ResourceTable
          label={t('title')}
          listing={members}
          columns={columns}
          rowKey={(member) => member.userId ?? ''}
          empty={{
            icon: <IconUsers />,
            title: t('empty.title'),
            description: t('empty.description'),
            action: inviteButton,
          }}
        />
        <section aria-labelledby="invitations">
          <Title order={2} id="invitations" mb="sm">
            {t('invitations.title')}
          </Title>
          <InvitationsTable tenantId={tenantId} mayWrite={mayWrite} />
        </section>
      </Stack>
      <FormDialog opened={inviting} onClose={invite.close} title={t('invite.title')}>
        <InviteForm
          tenantId={tenantId}
          onCancel={invite.close}
          onInvited={(made) => {
            invite.close();
            setInvited(made);
          }}
        />
      </FormDialog>
      <InvitedDialog invited={invited} onClose={() => setInvited(undefined)} />
      <RemoveMemberDialog tenantId={tenantId} member={removing} onClose={() => setRemoving(undefined)} />
    </Page>
  );
}
