import { Text } from '@mantine/core';
import { CopyButton } from '@/components/copy-button';
import classes from '@/components/copy-field.module.css';

interface CopyFieldProps {
  readonly value: string;
  readonly what?: string;
  /** Without a frame, for use in a table's cell. */
  readonly plain?: boolean;
}

/** A text to take elsewhere, such as an id or an address, with its copy button. */
export function CopyField({ value, what, plain = false }: CopyFieldProps) {
  return (
    <span className={plain ? classes['plain'] : classes['framed']}>
      <Text component="span" ff="monospace" fz="xs" className={classes['value']} title={value}>
        {value}
      </Text>
      <CopyButton value={value} {...(what === undefined ? {} : { what })} />
    </span>
  );
}
