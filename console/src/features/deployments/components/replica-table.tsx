import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TimeText } from '@/components/time-text';
import type { Replica } from '@/features/deployments/api/deployments';
import { ObservedStateBadge } from '@/features/deployments/components/observed-state';

/** The engines of a deployment, each with its own state. */
export function ReplicaTable({ replicas }: { readonly replicas: readonly Replica[] }) {
  const { t } = useTranslation('deployments');
  if (replicas.length === 0) {
    return (
      <Text fz="xs" c="dimmed" px={18} pb={14}>
        {t('replicas.none')}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table fz="sm" horizontalSpacing={18} verticalSpacing={8} borderColor="var(--line)">
        <Table.Thead>
          <Table.Tr fz="xs" c="dimmed">
            <Table.Th>{t('column.replica')}</Table.Th>
            <Table.Th>{t('column.state')}</Table.Th>
            <Table.Th>{t('column.since')}</Table.Th>
            <Table.Th>{t('column.address')}</Table.Th>
            <Table.Th ta="right">{t('column.restarts')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {replicas.map((replica) => (
            <Table.Tr key={replica.replicaId}>
              <Table.Td ff="monospace" fz="xs">
                {replica.replicaId}
              </Table.Td>
              <Table.Td>
                <ObservedStateBadge state={replica.state} />
                {replica.detail !== undefined && replica.detail !== '' && (
                  <Text fz="xs" c="dimmed" mt={3}>
                    {replica.detail}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <TimeText time={replica.stateTime} />
              </Table.Td>
              <Table.Td ff="monospace" fz="xs">
                {replica.url}
                {replica.pid !== undefined && replica.pid !== '0' && (
                  <Text span fz="xs" c="dimmed" ff="monospace">
                    {' '}
                    pid {replica.pid}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right">{replica.restarts ?? 0}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
