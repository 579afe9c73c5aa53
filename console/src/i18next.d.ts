import 'i18next';
import type app from './app/locales/en.json';
import type components from './components/locales/en.json';
import type agents from './features/agents/locales/en.json';
import type audit from './features/audit/locales/en.json';
import type deployments from './features/deployments/locales/en.json';
import type home from './features/home/locales/en.json';
import type keys from './features/keys/locales/en.json';
import type limits from './features/limits/locales/en.json';
import type members from './features/members/locales/en.json';
import type models from './features/models/locales/en.json';
import type prices from './features/prices/locales/en.json';
import type projects from './features/projects/locales/en.json';
import type runs from './features/runs/locales/en.json';
import type secrets from './features/secrets/locales/en.json';
import type statements from './features/statements/locales/en.json';
import type tenants from './features/tenants/locales/en.json';
import type usage from './features/usage/locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: {
      app: typeof app;
      components: typeof components;
      agents: typeof agents;
      audit: typeof audit;
      deployments: typeof deployments;
      home: typeof home;
      keys: typeof keys;
      limits: typeof limits;
      members: typeof members;
      models: typeof models;
      prices: typeof prices;
      projects: typeof projects;
      runs: typeof runs;
      secrets: typeof secrets;
      statements: typeof statements;
      tenants: typeof tenants;
      usage: typeof usage;
    };
  }
}
