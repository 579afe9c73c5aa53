import { describe, expect, it } from 'vitest';
import { files as english } from '@/app/i18n/texts-en';
import { files as korean } from '@/app/i18n/texts-ko';

type Texts = Record<string, unknown>;

/** All texts of a file by their path, such as `column.name`. */
function flat(texts: Texts, prefix = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') {
      all.set(prefix + key, value);
    } else {
      flat(value as Texts, `${prefix}${key}.`).forEach((text, path) => all.set(path, text));
    }
  }
  return all;
}

function placeholders(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
}

const pairs = Object.entries(english).map(
  ([path, texts]) => [path, flat(texts), flat(korean[path.replace('/en.json', '/ko.json')] ?? {})] as const,
);

describe('texts', () => {
  it('are in both languages for the same places', () => {
    const places = (files: object) => Object.keys(files).map((path) => path.replace(/\/\w+\.json$/, ''));
    expect(places(korean)).toEqual(places(english));
  });

  it.each(pairs)('%s has the same keys, filled, in both languages', (_path, inEnglish, inKorean) => {
    expect([...inKorean.keys()].sort()).toEqual([...inEnglish.keys()].sort());
    expect([...inEnglish.values(), ...inKorean.values()].filter((text) => text.trim() === '')).toEqual([]);
  });

  it.each(pairs)('%s has the same placeholders in both languages', (_path, inEnglish, inKorean) => {
    for (const [key, text] of inEnglish) {
      expect(placeholders(inKorean.get(key)), key).toEqual(placeholders(text));
    }
  });
});
