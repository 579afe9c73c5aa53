import { Tooltip } from '@mantine/core';
import { useFormat } from '@/lib/format/use-format';

/** An amount of money; its last digit on hover and focus. */
export function MoneyText({ micro }: { readonly micro: bigint }) {
  const format = useFormat();
  const short = format.money(micro);
  const exact = format.moneyExactly(micro);
  if (short === exact) {
    return <span>{short}</span>;
  }
  return (
    <Tooltip label={exact}>
      <span>{short}</span>
    </Tooltip>
  );
}
