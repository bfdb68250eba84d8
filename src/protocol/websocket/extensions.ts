import { fieldValue, type HttpHead } from '#protocol/http/head.ts';

/** An extension as it is offered or accepted. RFC 6455 §9.1. */
export type Extension = {
  readonly name: string;
  /** In their order; `true` for a parameter without a value. */
  readonly parameters: readonly (readonly [name: string, value: string | true])[];
};

const TOKEN_CHARACTER = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
const TOKEN = `${TOKEN_CHARACTER}+`;
/** What is quoted has to be a token all the same. */
const VALUE = `(?:${TOKEN}|"(?:${TOKEN_CHARACTER}|\\\\${TOKEN_CHARACTER})+")`;

/** RFC 6455 §9.1 takes over the white space that RFC 2616 §2.1 implies between tokens. */
const EQUALS = '[ \\t]*=[ \\t]*';

/** A comma or semicolon between quotes separates nothing, so these are matched, not split. */
const ELEMENT = new RegExp(
  `[ \\t]*(${TOKEN})((?:[ \\t]*;[ \\t]*${TOKEN}(?:${EQUALS}${VALUE})?)*)[ \\t]*`,
  'y',
);
const PARAMETER = new RegExp(`;[ \\t]*(${TOKEN})(?:${EQUALS}(${VALUE}))?`, 'g');

/**
 * Parses the value of `Sec-WebSocket-Extensions`. RFC 6455 §9.1.
 *
 * @returns `undefined` when it does not follow the grammar; a receiver then fails the connection.
 */
export function parseExtensions(fieldValue: string): Extension[] | undefined {
  const extensions: Extension[] = [];
  for (let at = 0; ;) {
    // RFC 9110 §5.6.1.2: empty elements of a list are skipped.
    at += /^[ \t,]*/.exec(fieldValue.slice(at))?.[0].length ?? 0;
    if (at === fieldValue.length) return extensions.length === 0 ? undefined : extensions;
    ELEMENT.lastIndex = at;
    const [element, name = '', parameters = ''] = ELEMENT.exec(fieldValue) ?? [];
    if (element === undefined) return undefined;
    at += element.length;
    if (at < fieldValue.length && fieldValue[at] !== ',') return undefined;
    extensions.push({ name, parameters: parseParameters(parameters) });
  }
}

function parseParameters(text: string): [string, string | true][] {
  return [...text.matchAll(PARAMETER)].map(([, name = '', value]) => [
    name,
    value === undefined ? true : unquote(value),
  ]);
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
}

/**
 * The extensions of a handshake's head, in its order.
 *
 * @returns `undefined` when the field is there and does not follow the grammar.
 */
export function extensionsOf(head: HttpHead): Extension[] | undefined {
  const value = fieldValue(head, 'sec-websocket-extensions');
  return value === undefined ? [] : parseExtensions(value);
}
