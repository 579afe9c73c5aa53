import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '@/components/problem-text';
import { type Column, ResourceTable } from '@/components/resource-table';
import { TimeText } from '@/components/time-text';
import { type Invitation, useInvitations, useWithdrawInvitation } from '@/features/members/api/invitations';
import type { Role } from '@/features/members/api/members';
import { asProblem } from '@/lib/api/problem';

interface InvitationsTableProps {
  readonly tenantId: string;
  readonly mayWrite: boolean;
}

/** Who is invited and has not come yet. */
export function InvitationsTable({ tenantId, mayWrite }: InvitationsTableProps) {
  const { t } = useTranslation('members');
  const invitations = useInvitations(tenantId);
  const columns: Column<Invitation>[] = [
    { key: 'email', header: t('column.email'), cell: (invitation) => invitation.email },
    { key: 'role', header: t('column.role'), cell: (invitation) => t(`role.${invitation.role as Role}`) },
    { key: 'invited', header: t('column.invited'), cell: (invitation) => <TimeText time={invitation.createTime} /> },
    { key: 'expires', header: t('column.expires'), cell: (invitation) => <TimeText time={invitation.expireTime} /> },
  ];
  if (mayWrite) {
    columns.push({
      key: 'actions',
      header: t('column.actions'),
      quiet: true,
      align: 'right',
      cell: (invitation) => <Withdraw tenantId={tenantId} invitation={invitation} />,
    });
  }
  return (
    <ResourceTable
      label={t('invitations.title')}
      listing={invitations}
      columns={columns}
      rowKey={(invitation) => invitation.invitationId ?? ''}
      empty={{
        icon: <IconMail />,
        title: t('invitations.empty.title'),
        description: t('invitations.empty.description'),
      }}
    />
  );
}

function Withdraw({ tenantId, invitation }: { readonly tenantId: string; readonly invitation: Invitation }) {
  const { t } = useTranslation('members');
  const textOf = useProblemText();
  const withdraw = useWithdrawInvitation(tenantId);
  const act = () =>
    withdraw.mutate(invitation.invitationId ?? '', {
      onError: (error) => notifications.show({ color: 'red', message: textOf(asProblem(error)).text }),
    });
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      loading={withdraw.isPending}
      aria-label={t('invitations.withdrawFor', { email: invitation.email })}
      onClick={act}
    >
      {t('invitations.withdraw')}
    </Button>
  );
}
