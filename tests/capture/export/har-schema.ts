import { createRequire } from 'node:module';

import { Ajv } from 'ajv';

const require = createRequire(import.meta.url);

const addFormats = require('ajv-formats') as (ajv: Ajv) => unknown;
/** HAR 1.2 as JSON Schema, draft 6, one schema per object: the package har-schema. */
const schemas = require('har-schema') as Readonly<Record<string, object>>;

// It has keywords that no draft knows, such as "min"; what they mean is held by har-checks.ts.
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json') as object);
for (const schema of Object.values(schemas)) ajv.addSchema(schema);
const isHar = ajv.getSchema('har.json');

/** What of an archive is not as the schema has it. */
export function schemaProblems(har: unknown): string[] {
  if (isHar === undefined) throw new Error('har-schema has no schema har.json');
  if (isHar(har) === true) return [];
  return (isHar.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
