import { Button, Group, Select, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '@/components/person-avatar';
import { useProblemText } from '@/components/problem-text';
import type { Column } from '@/components/resource-table';
import { TimeText } from '@/components/time-text';
import { type Member, type Role, ROLES, useChangeRole } from '@/features/members/api/members';
import { asProblem } from '@/lib/api/problem';
import { useAccount } from '@/lib/session/account';

/** What the table tells about a member; without `onRemove` nothing can be changed. */
export function useMemberColumns(tenantId: string, onRemove: ((member: Member) => void) | undefined): Column<Member>[] {
  const { t } = useTranslation('members');
  const columns: Column<Member>[] = [
    { key: 'person', header: t('column.person'), cell: (member) => <Person member={member} /> },
    {
      key: 'role',
      header: t('column.role'),
      width: 200,
      cell: (member) =>
        onRemove === undefined ? <RoleName member={member} /> : <RoleChoice tenantId={tenantId} member={member} />,
    },
    { key: 'joined', header: t('column.joined'), cell: (member) => <TimeText time={member.joinTime} /> },
  ];
  if (onRemove === undefined) {
    return columns;
  }
  const cell = (member: Member) => (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      aria-label={t('remove.open', { name: member.displayName || member.email })}
      onClick={() => onRemove(member)}
    >
      {t('remove.action')}
    </Button>
  );
  return [...columns, { key: 'actions', header: t('column.actions'), quiet: true, align: 'right', cell }];
}

function Person({ member }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  const account = useAccount();
  const name = member.displayName || member.email || '';
  return (
    <Group gap="sm" wrap="nowrap">
      <PersonAvatar name={name} />
      <div>
        <Text fz="sm" fw={550}>
          {name}{' '}
          {member.userId === account.subject && (
            <Text span c="dimmed" fz="xs">
              {t('you')}
            </Text>
          )}
        </Text>
        {member.email !== name && (
          <Text fz="xs" c="dimmed">
            {member.email}
          </Text>
        )}
      </div>
    </Group>
  );
}

function RoleName({ member }: { readonly member: Member }) {
  const { t } = useTranslation('members');
  return <>{t(`role.${member.role as Role}`)}</>;
}

/** Changes a role at once; where the platform refuses, it says why and the role stays. */
function RoleChoice({ tenantId, member }: { readonly tenantId: string; readonly member: Member }) {
  const { t } = useTranslation('members');
  const textOf = useProblemText();
  const change = useChangeRole(tenantId);
  const name = member.displayName || member.email || '';
  const choose = (role: string | null) => {
    if (role === null || role === member.role) {
      return;
    }
    change.mutate(
      { userId: member.userId ?? '', role: role as Role },
      {
        onSuccess: () =>
          notifications.show({ color: 'teal', message: t('role.changed', { name, role: t(`role.${role as Role}`) }) }),
        onError: (error) =>
          notifications.show({ color: 'red', title: t('role.kept', { name }), message: textOf(asProblem(error)).text }),
      },
    );
  };
  return (
    <Select
      size="xs"
      aria-label={t('role.of', { name })}
      data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      value={member.role ?? null}
      onChange={choose}
      disabled={change.isPending}
    />
  );
}
