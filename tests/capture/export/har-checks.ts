/**
 * The required fields of HAR 1.2, after its specification's tables
 * (http://www.softwareishard.com/blog/har-12-spec/) and its JSON schema.
 */
type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const isText: Check = (value) => typeof value === 'string';
const isWhole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= -1;
const isTime: Check = (value) => typeof value === 'number' && value >= 0;
const isTimeOrNone: Check = (value) => value === -1 || isTime(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (shape: Shape): Check =>
  (value) =>
    Array.isArray(value) && value.every((one) => problemsIn(one, shape).length === 0);
const objectOf =
  (shape: Shape): Check =>
  (value) =>
    problemsIn(value, shape).length === 0;

const pair: Shape = { name: isText, value: isText };
const cookie = pair;
const program: Shape = { name: isText, version: isText };

const request: Shape = {
  method: isText,
  url: (value) => URL.canParse(String(value)),
  httpVersion: isText,
  cookies: listOf(cookie),
  headers: listOf(pair),
  queryString: listOf(pair),
  postData: optional(objectOf({ mimeType: isText, text: isText, params: listOf(pair) })),
  headersSize: isWhole,
  bodySize: isWhole,
};

const response: Shape = {
  status: isWhole,
  statusText: isText,
  httpVersion: isText,
  cookies: listOf(cookie),
  headers: listOf(pair),
  content: objectOf({
    size: isWhole,
    mimeType: isText,
    text: optional(isText),
    encoding: optional((value) => value === 'base64'),
  }),
  redirectURL: isText,
  headersSize: isWhole,
  bodySize: isWhole,
};

const timings: Shape = {
  blocked: isTimeOrNone,
  dns: isTimeOrNone,
  connect: isTimeOrNone,
  ssl: isTimeOrNone,
  send: isTime,
  wait: isTime,
  receive: isTime,
};

const entry: Shape = {
  startedDateTime: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value)),
  time: isTime,
  request: objectOf(request),
  response: objectOf(response),
  cache: (value) => typeof value === 'object',
  timings: objectOf(timings),
  connection: optional(isText),
};

const log: Shape = {
  version: (value) => value === '1.2',
  creator: objectOf(program),
  browser: optional(objectOf(program)),
  entries: Array.isArray,
  comment: optional(isText),
};

/** Fields of an archive that are not as HAR 1.2 has them. */
export function harProblems(har: unknown): string[] {
  const whole = (har as { readonly log?: { readonly entries?: readonly unknown[] } }).log;
  return [
    ...problemsIn(whole, log),
    ...(whole?.entries ?? []).flatMap((one, index) =>
      problemsIn(one, entry).map((problem) => `entries[${index}].${problem}`),
    ),
  ];
}

/** Names that begin with `_` are free; all others have to be of the specification. */
function problemsIn(value: unknown, shape: Shape): string[] {
  if (typeof value !== 'object' || value === null) return ['is no object'];
  const fields = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(fields).filter((name) => !name.startsWith('_') && !(name in shape));
  const wrong = Object.entries(shape).filter(([name, check]) => !check(fields[name]));
  return [...unknown, ...wrong.map(([name]) => name)];
}
