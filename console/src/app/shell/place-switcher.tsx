import { Combobox, ScrollArea, Text, UnstyledButton, useCombobox } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '@/app/shell/place-switcher.module.css';

/** One place to switch to. */
export interface PlaceOption {
  readonly id: string;
  readonly label: string;
  readonly note?: string | undefined;
}

interface PlaceSwitcherProps {
  /** What is switched, for the button's accessible name. */
  readonly what: string;
  readonly options: readonly PlaceOption[];
  readonly current: PlaceOption | undefined;
  readonly placeholder: string;
  readonly onChoose: (id: string) => void;
  readonly footer?: ReactNode;
}

const SEARCH_FROM = 7;

/** A button that names the current tenant or project and opens the list of the others. */
export function PlaceSwitcher({ what, options, current, placeholder, onChoose, footer }: PlaceSwitcherProps) {
  const { t } = useTranslation('app');
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
    },
    onDropdownOpen: () => combobox.selectActiveOption(),
  });
  const found = options.filter((option) => matches(option, search));
  const choose = (id: string) => {
    combobox.closeDropdown();
    onChoose(id);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} width={280} position="bottom-start" shadow="md" radius="md">
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <UnstyledButton
          className={classes['button']}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          aria-label={`${what}: ${current?.label ?? placeholder}`}
          onClick={() => combobox.toggleDropdown()}
        >
          <span className={classes['label']}>{current?.label ?? placeholder}</span>
          <IconSelector size={14} stroke={1.8} aria-hidden />
        </UnstyledButton>
      </Combobox.Target>
      <Combobox.Dropdown>
        {options.length >= SEARCH_FROM && (
          <Combobox.Search
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            placeholder={t('switcher.search')}
          />
        )}
        <Combobox.Options aria-label={what}>
          <ScrollArea.Autosize mah={300} type="scroll">
            {found.length === 0 && <Combobox.Empty>{t('switcher.none')}</Combobox.Empty>}
            {found.map((option) => (
              <Option key={option.id} option={option} active={option.id === current?.id} />
            ))}
          </ScrollArea.Autosize>
        </Combobox.Options>
        {footer !== undefined && <Combobox.Footer p={4}>{footer}</Combobox.Footer>}
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Option({ option, active }: { readonly option: PlaceOption; readonly active: boolean }) {
  return (
    <Combobox.Option value={option.id} active={active} className={classes['option'] ?? ''}>
      <span>
        <Text fz="sm" fw={500}>
          {option.label}
        </Text>
        {option.note !== undefined && (
          <Text fz="xs" opacity={0.75} ff="monospace">
            {option.note}
          </Text>
        )}
      </span>
      {active && <IconCheck size={15} aria-hidden />}
    </Combobox.Option>
  );
}

function matches(option: PlaceOption, search: string): boolean {
  const sought = search.trim().toLowerCase();
  return option.label.toLowerCase().includes(sought) || (option.note ?? '').toLowerCase().includes(sought);
}
