import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { InMemoryPlatform } from '@/testing/in-memory-platform';
import { bank } from '@/testing/seeds/bank';

const contract = JSON.parse(readFileSync('../proto/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};

/** The chat's door has OpenAI's contract, not the management API's. */
const CHAT = '/inference/v1/';

it('answers only what the platform offers', () => {
  const offered = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const answered = Object.keys(new InMemoryPlatform(bank()).routes).filter((route) => !route.includes(CHAT));
  expect(answered.filter((route) => !offered.includes(route))).toEqual([]);
});
