import { Button, Group, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FailurePanel } from '@/components/failure-panel';
import classes from '@/components/resource-table.module.css';
import { StatePanel } from '@/components/state-panel';
import type { Listing } from '@/lib/api/use-listing';

/** One column: its heading and what a row shows in it. */
export interface Column<T> {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  readonly align?: 'left' | 'right';
  readonly width?: number | string;
  /** The heading is only for screen readers, as over a column of buttons. */
  readonly quiet?: boolean;
}

/** What an empty table says, and what to do about it. */
export interface Emptiness {
  readonly title: string;
  readonly description: string;
  readonly icon?: ReactNode;
  readonly action?: ReactNode;
}

export interface ResourceTableProps<T> {
  /** What the table lists, for screen readers. */
  readonly label: string;
  readonly listing: Listing<T>;
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  readonly empty: Emptiness;
  readonly minWidth?: number;
}

const SKELETON_ROWS = [0.62, 0.48, 0.7, 0.55, 0.4];

/** A list in all its states: loading, empty, failed, denied, and the rows. */
export function ResourceTable<T>(props: ResourceTableProps<T>) {
  const { label, listing, columns, rowKey, empty, minWidth = 640 } = props;
  if (listing.problem !== undefined && listing.rows === undefined) {
    return (
      <div className={classes['frame']}>
        <FailurePanel problem={listing.problem} retry={listing.retry} />
      </div>
    );
  }
  if (listing.rows?.length === 0) {
    return (
      <div className={classes['frame']}>
        <StatePanel icon={empty.icon ?? <IconInbox />} color="gray" title={empty.title} description={empty.description}>
          {empty.action}
        </StatePanel>
      </div>
    );
  }
  return (
    <div className={classes['frame']}>
      <Table.ScrollContainer minWidth={minWidth} type="native">
        <Table verticalSpacing={10} horizontalSpacing="md" highlightOnHover className={classes['table'] ?? ''}>
          <caption className={classes['caption']}>
            <VisuallyHidden>{label}</VisuallyHidden>
          </caption>
          <Head columns={columns} />
          <Table.Tbody aria-busy={listing.rows === undefined}>
            {listing.rows === undefined ? (
              <SkeletonRows columns={columns} />
            ) : (
              listing.rows.map((row) => <Row key={rowKey(row)} row={row} columns={columns} />)
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {listing.more !== undefined && <More load={listing.more} loading={listing.loadingMore} />}
    </div>
  );
}

function Head<T>({ columns }: { readonly columns: readonly Column<T>[] }) {
  return (
    <Table.Thead>
      <Table.Tr>
        {columns.map((column) => (
          <Table.Th key={column.key} scope="col" ta={column.align ?? 'left'} {...widthOf(column)}>
            {column.quiet === true ? <VisuallyHidden>{column.header}</VisuallyHidden> : column.header}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}

function widthOf<T>(column: Column<T>): { w?: number | string } {
  return column.width === undefined ? {} : { w: column.width };
}

function Row<T>({ row, columns }: { readonly row: T; readonly columns: readonly Column<T>[] }) {
  return (
    <Table.Tr>
      {columns.map((column) => (
        <Table.Td key={column.key} ta={column.align ?? 'left'}>
          {column.cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function SkeletonRows<T>({ columns }: { readonly columns: readonly Column<T>[] }) {
  return SKELETON_ROWS.map((share) => (
    <Table.Tr key={share} aria-hidden>
      {columns.map((column, index) => (
        <Table.Td key={column.key}>
          <Skeleton height={12} my={4} width={`${String(Math.round(100 * (index === 0 ? share : share * 0.8)))}%`} />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}

function More({ load, loading }: { readonly load: () => void; readonly loading: boolean }) {
  const { t } = useTranslation('components');
  return (
    <Group justify="center" p="sm" className={classes['more']}>
      <Button variant="subtle" color="gray" size="xs" onClick={load} loading={loading}>
        {t('table.more')}
      </Button>
    </Group>
  );
}
