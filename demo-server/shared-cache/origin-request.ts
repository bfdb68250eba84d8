import type { ClientRequest, IncomingMessage } from 'node:http';

import { decideReuse } from '#protocol/http-cache/reuse.ts';
import { forwardedFields, headOf } from '#demo-server/boxes/proxy.ts';
import { answerError, RequestError } from '#demo-server/front/answers.ts';

import type { Asked } from './asked.ts';
import type { CacheParts } from './cache-parts.ts';
import { saidBy, saidOf, type Outcome, type Said } from './decision-words.ts';
import type { Landing } from './flights.ts';
import { isError, OriginResponse } from './origin-response.ts';
import { conditionHolds, ofContent, reuseResponse } from './reuse-response.ts';
import { silentOrigin, whenUnanswered } from './silent-origin.ts';
import { combined, without, type Fields, type StoredEntry } from './stored-entry.ts';
import { conditional, hasAny, validatorsOf, type Need } from './validation-request.ts';

type Land = (landing: Landing) => void;
type Decided = (outcome: Outcome, said: Said, entry?: StoredEntry) => void;

/** One request to the origin on behalf of a client, or for the store's sake. */
export class OriginRequest {
  readonly #parts: CacheParts;
  readonly #asked: Asked;
  readonly #need: Need;
  #requestTimeMs = 0;

  constructor(parts: CacheParts, asked: Asked, need: Need) {
    this.#parts = parts;
    this.#asked = asked;
    this.#need = need;
  }

  /** Asks, and answers the client with what comes, or from the store. */
  answer(land: Land, decided: Decided, validators = validatorsOf(this.#need)): void {
    const { response } = this.#asked;
    const outgoing = this.#send(validators);
    let [isAnswered, isSilent] = [false, false];
    whenUnanswered(outgoing, () => {
      isSilent = true;
      outgoing.destroy();
    });
    response.once('close', () => {
      if (!response.writableFinished) outgoing.destroy();
      // What is stored by now has landed before.
      land('lost');
    });
    outgoing.once('response', (incoming) => {
      isAnswered = true;
      const answer = this.#answerOf(incoming);
      const entry = answer.confirmed(validators);
      if (entry !== undefined) {
        incoming.resume();
        decided('revalidated', saidBy('NOT_MODIFIED'), entry);
        land('settled');
        reuseResponse(this.#asked, entry, this.#parts.now(), true);
      } else if (incoming.statusCode === 304 && hasAny(validators)) {
        // It is about none of ours, so it must not be used: ask again, for all of it. §4.3.4.
        incoming.resume();
        this.answer(land, decided, {});
      } else if (isError(incoming.statusCode) && this.#answersStale(decided)) {
        incoming.resume();
        land('settled');
      } else {
        const { found, why } = this.#need;
        // A 304 answers the client's own condition here, and brings nothing new for the store.
        const isAnother = !isError(incoming.statusCode) && incoming.statusCode !== 304;
        const isNew = found !== undefined && isAnother;
        decided('miss', isNew ? saidBy('CHANGED') : why, found);
        this.#passOn(incoming, hasAny(validators));
        answer.keep(land);
      }
    });
    outgoing.once('error', () => {
      if (response.destroyed || isAnswered) return;
      isAnswered = true;
      if (!this.#answersStale(decided)) {
        decided('miss', saidBy(isSilent ? 'SILENT' : 'DISCONNECTED'), this.#need.found);
        answerError(response, isSilent ? silentOrigin() : this.#lost());
      }
      land('settled');
    });
    outgoing.end();
  }

  /** Asks for the store's sake alone, on a connection of its own: the client may be gone by now. */
  validate(landed: Land, validators = validatorsOf(this.#need)): void {
    const upstream = this.#asked.context.openUpstream();
    const outgoing = this.#send(validators, upstream);
    whenUnanswered(outgoing, () => outgoing.destroy());
    let isOver = false;
    const land = (landing: Landing) => {
      if (isOver) return;
      isOver = true;
      upstream.destroy();
      landed(landing);
    };
    outgoing.once('response', (incoming) => {
      const answer = this.#answerOf(incoming);
      const entry = answer.confirmed(validators);
      if (entry !== undefined) {
        this.#asked.context.note('cache-freshened', {
          key: this.#asked.key,
          ...saidBy('NOT_MODIFIED'),
          ...answer.clockOf(entry),
        });
        incoming.resume();
        land('settled');
      } else if (incoming.statusCode === 304 && hasAny(validators)) {
        // It is about none of ours: ask again, for all of it (§4.3.4), on the next connection.
        isOver = true;
        upstream.destroy();
        this.validate(landed, {});
      } else if (isError(incoming.statusCode) || incoming.statusCode === 304) {
        incoming.resume();
        land('settled');
      } else answer.keep(land);
    });
    outgoing.once('error', () => {
      land('settled');
    });
    outgoing.end();
  }

  #send(validators: Fields, upstream = this.#asked.context.upstream): ClientRequest {
    const { request, context } = this.#asked;
    const fields = conditional(forwardedFields(request, context), validators);
    this.#requestTimeMs = this.#parts.now();
    return upstream.request('GET', context.requestTarget, fields);
  }

  #answerOf(incoming: IncomingMessage): OriginResponse {
    return new OriginResponse(this.#parts, this.#asked, this.#need, this.#requestTimeMs, incoming);
  }

  /** RFC 5861 §4, and RFC 9111 §4.2.4 for what forbids it. */
  #answersStale(decided: Decided): boolean {
    const { found } = this.#need;
    const { fields } = this.#asked;
    if (found === undefined) return false;
    const options = { isShared: true, requestFields: fields, originFailed: true };
    const decision = decideReuse(found, this.#parts.now(), options);
    if (decision.reuse !== 'stale') return false;
    decided('stale', saidOf(decision), found);
    reuseResponse(this.#asked, found, this.#parts.now(), false);
    return true;
  }

  /** RFC 9111 §5.2.2.2: without an origin, 504 rather than what is stale. */
  #lost(): RequestError {
    return this.#need.found === undefined
      ? new RequestError(502, 'The origin ended the connection. Try again.')
      : new RequestError(504, 'The origin does not answer, and what is stored is stale.');
  }

  /** @param isOurs whether our own condition took the place of the client's, if it had one */
  #passOn(incoming: IncomingMessage, isOurs: boolean): void {
    const { response, context, fields } = this.#asked;
    const [statusCode, reasonPhrase, rawFields] = headOf(incoming, context);
    const isHeld =
      isOurs && conditionHolds(fields, statusCode, combined(rawFields), this.#parts.now());
    if (isHeld) response.writeHead(304, 'Not Modified', without(rawFields, ofContent)).end();
    else {
      response.writeHead(statusCode, reasonPhrase, rawFields);
      response.flushHeaders();
      incoming.pipe(response);
    }
    incoming.once('error', () => {
      if (!isHeld) response.destroy();
    });
  }
}
