import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, rememberLanguage, startLanguage } from '@/app/i18n/language';

type Texts = Record<string, unknown>;

async function filesOf(language: Language): Promise<Record<string, Texts>> {
  const chunk = language === 'ko' ? await import('@/app/i18n/texts-ko') : await import('@/app/i18n/texts-en');
  return chunk.files;
}

/** `/src/features/keys/locales/en.json` holds the namespace `keys`. */
function namespaceOf(path: string): string {
  return path.split('/').at(-3) ?? path;
}

async function load(instance: i18n, language: Language): Promise<void> {
  for (const [path, texts] of Object.entries(await filesOf(language))) {
    instance.addResourceBundle(language, namespaceOf(path), texts);
  }
}

/** The translations, with the reader's language loaded. */
export async function startTranslations(): Promise<i18n> {
  const instance = createInstance();
  const language = startLanguage();
  await instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'app',
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await load(instance, language);
  await instance.changeLanguage(language);
  document.documentElement.lang = language;
  return instance;
}

/** Shows another language, at once and on the next visit. */
export async function switchLanguage(instance: i18n, language: Language): Promise<void> {
  if (!instance.hasResourceBundle(language, 'app')) {
    await load(instance, language);
  }
  await instance.changeLanguage(language);
  rememberLanguage(language);
  document.documentElement.lang = language;
}
