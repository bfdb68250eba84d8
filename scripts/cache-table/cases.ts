import type { CacheCase } from './cache-case.ts';
import { directivesCases } from './directives-cases.ts';
import { reuseCases } from './reuse-cases.ts';
import { storingCases } from './storing-cases.ts';
import { validationCases } from './validation-cases.ts';

/** What RFC 9111 asks of a shared cache, and what it allows, as requests. */
export const cacheCases: readonly CacheCase[] = [
  ...storingCases,
  ...reuseCases,
  ...validationCases,
  ...directivesCases,
];
