import 'i18next';
import type app from './app/locales/en.json';
import type components from './components/locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: {
      app: typeof app;
      components: typeof components;
    };
  }
}
