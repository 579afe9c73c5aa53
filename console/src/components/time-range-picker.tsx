import { Group, SegmentedControl } from '@mantine/core';
import '@mantine/dates/styles.css';
import { DatePickerInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { daysChoice, daysOf, PRESETS, type RangeChoice } from '@/lib/format/time-range';

interface TimeRangePickerProps {
  readonly value: RangeChoice;
  readonly onChange: (choice: RangeChoice) => void;
}

type Days = [string | null, string | null];

/** Chooses a range of time: a named one, or two days. */
export function TimeRangePicker({ value, onChange }: TimeRangePickerProps) {
  const { t } = useTranslation('components');
  const days = daysOf(value);
  return (
    <Group gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t('range.label')}
        data={PRESETS.map((preset) => ({ value: preset, label: t(`range.${preset}`) }))}
        value={days === undefined ? value : ''}
        onChange={(preset) => onChange(preset as RangeChoice)}
      />
      <DayRange key={value} days={days} onChange={onChange} />
    </Group>
  );
}

interface DayRangeProps {
  readonly days: readonly [string, string] | undefined;
  readonly onChange: (choice: RangeChoice) => void;
}

function DayRange({ days, onChange }: DayRangeProps) {
  const { t, i18n } = useTranslation('components');
  const [chosen, setChosen] = useState<Days>(days === undefined ? [null, null] : [days[0], days[1]]);
  const choose = (next: Days) => {
    setChosen(next);
    if (next[0] !== null && next[1] !== null) {
      onChange(daysChoice(next[0], next[1]));
    }
  };
  return (
    <DatePickerInput
      type="range"
      size="xs"
      w={days === undefined ? 130 : 230}
      locale={i18n.language}
      valueFormat="YYYY-MM-DD"
      placeholder={t('range.custom')}
      aria-label={t('range.custom')}
      leftSection={<IconCalendar size={14} />}
      maxDate={new Date()}
      value={chosen}
      onChange={choose}
    />
  );
}
