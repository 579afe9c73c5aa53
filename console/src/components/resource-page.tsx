import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { Page } from '@/components/page';
import { type Emptiness, ResourceTable, type ResourceTableProps } from '@/components/resource-table';

interface Creation {
  /** The button's text. */
  readonly action: string;
  /** The dialog's title. */
  readonly title: string;
  readonly size?: 'md' | 'lg';
  readonly form: (close: () => void) => ReactNode;
}

interface ResourcePageProps<T> extends Omit<ResourceTableProps<T>, 'label' | 'empty'> {
  readonly title: string;
  readonly description: string;
  readonly empty: Omit<Emptiness, 'action'>;
  /** How one more is created; absent for whoever may not. */
  readonly creation: Creation | undefined;
  /** Dialogs about rows. */
  readonly children?: ReactNode;
}

/** A page that lists resources of one kind, with a button and a dialog that create one. */
export function ResourcePage<T>({ title, description, empty, creation, children, ...table }: ResourcePageProps<T>) {
  const [creating, create] = useDisclosure(false);
  const button = creation !== undefined && (
    <Button leftSection={<IconPlus size={16} />} onClick={create.open}>
      {creation.action}
    </Button>
  );
  return (
    <Page title={title} description={description} actions={button}>
      <ResourceTable {...table} label={title} empty={{ ...empty, action: button }} />
      {creation !== undefined && (
        <FormDialog opened={creating} onClose={create.close} title={creation.title} size={creation.size ?? 'md'}>
          {creation.form(create.close)}
        </FormDialog>
      )}
      {children}
    </Page>
  );
}
