import { Group, SegmentedControl, Text } from '@mantine/core';
import '@mantine/dates/styles.css';
import { DatePickerInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { daysChoice, daysOf, PRESETS, type RangeChoice } from '@/lib/format/time-range';
import { dayAt, formatZone } from '@/lib/format/zone';

interface TimeRangePickerProps {
  readonly value: RangeChoice;
  /** The zone whose days are chosen; it is shown. */
  readonly zone: string;
  readonly onChange: (choice: RangeChoice) => void;
}

type Days = [string | null, string | null];

/** Chooses a range of time: a named one, or two days. */
export function TimeRangePicker({ value, zone, onChange }: TimeRangePickerProps) {
  const { t } = useTranslation('components');
  const days = daysOf(value);
  return (
    <Group gap="xs">
      <Text fz="xs" c="dimmed">
        {t('range.zone', { zone: formatZone(zone, new Date()) })}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t('range.label')}
        data={PRESETS.map((preset) => ({ value: preset, label: t(`range.${preset}`) }))}
        value={days === undefined ? value : ''}
        onChange={(preset) => onChange(preset as RangeChoice)}
      />
      <DayRange key={value} days={days} zone={zone} onChange={onChange} />
    </Group>
  );
}

interface DayRangeProps {
  readonly days: readonly [string, string] | undefined;
  readonly zone: string;
  readonly onChange: (choice: RangeChoice) => void;
}

function DayRange({ days, zone, onChange }: DayRangeProps) {
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
      maxDate={dayAt(new Date(), zone)}
      value={chosen}
      onChange={choose}
    />
  );
}
