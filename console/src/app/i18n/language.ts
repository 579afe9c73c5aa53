export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const CHOICE = 'exaone.language';

function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** The language chosen before, else the first of the browser's that the console speaks, else English. */
export function startLanguage(): Language {
  const chosen = localStorage.getItem(CHOICE);
  if (isLanguage(chosen)) {
    return chosen;
  }
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => isLanguage(tag));
  return isLanguage(spoken) ? spoken : 'en';
}

/** Remembers a choice for the next visit. */
export function rememberLanguage(language: Language): void {
  localStorage.setItem(CHOICE, language);
}
