import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

const REQUEST_ID = /^req_[0-9a-hjkmnp-tv-z]{26}$/;

/** Finds a call by the id that its answer had in `x-request-id`. */
export function FindRequest({ onFind }: { readonly onFind: (requestId: string) => void }) {
  const { t } = useTranslation('usage');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const sought = text.trim();
    setWrong(!REQUEST_ID.test(sought));
    if (REQUEST_ID.test(sought)) {
      onFind(sought);
    }
  };
  return (
    <form onSubmit={submit} role="search">
      <TextInput
        size="xs"
        w={320}
        aria-label={t('find.label')}
        placeholder={t('find.label')}
        leftSection={<IconSearch size={14} />}
        spellCheck={false}
        value={text}
        error={wrong ? t('find.wrong') : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWrong(false);
        }}
      />
    </form>
  );
}
