import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { compressText } from "../negotiation.ts";

/** An answer as it goes over the wire, for everybody who asks the same. */
export interface PublicAnswer {
  readonly body: Buffer;
  /** Weak, as it is the same for the body and its compressed form (RFC 9110, 8.8.1). */
  readonly etag: string;
  /** The body compressed with Brotli, once somebody wanted it so; `undefined` where that saves nothing. */
  compressed(): Promise<Buffer | undefined>;
}

export interface PublicAnswersOptions {
  /**
   * Asks anew, on behalf of nobody in particular.
   *
   * @returns the JSON that goes over the wire; `undefined` where the question is a mistake
   */
  readonly ask: (path: string, input: string | undefined) => Promise<string | undefined>;
  /** Most bytes that are kept, compressed forms included. Default 64 MiB; 0: nothing is kept. */
  readonly maxBytes?: number;
  /** So long an answer is good without a look at it, in milliseconds: what was not heard of, and the time of day. Default 15,000. */
  readonly freshMs?: number;
  /** So much longer it is still given, while it is asked for anew. Default 60,000. */
  readonly staleMs?: number;
  /** For tests. Default `performance.now`. */
  readonly now?: () => number;
}

const MAX_BYTES = 64 * 1024 * 1024;
const FRESH_MS = 15_000;
const STALE_MS = 60_000;

/** Below that an answer fits a packet or two anyway. */
const COMPRESSED_FROM_BYTES = 1024;

/** What a compressed form may take of what its body does, to be worth it. */
const COMPRESSED_SHARE = 0.5;

/**
 * What an answer takes beside its bodies, about: by itself, for each thing that it shows, and for each character of the question. Whoever asks
 * chooses what that is, so that it has to count.
 */
const OVERHEAD_BYTES = 500;
const SHOWN_BYTES = 350;
const CHARACTER_BYTES = 2;

/** Most bytes of questions whose answer is an error. */
const FAILING_BYTES = 4 * 1024 * 1024;

const ID = /"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/gu;

/** Of runs that have changed, for as long as somebody may still be asking. */
const REMEMBERED_CHANGES = 10_000;

class KeptAnswer implements PublicAnswer {
  readonly askedAt: number;
  readonly body: Buffer;
  readonly etag: string;
  /** Of all that it shows. */
  readonly ids: ReadonlySet<string>;
  #compressed: Promise<Buffer | undefined> | undefined;

  constructor(askedAt: number, json: string) {
    this.askedAt = askedAt;
    this.body = Buffer.from(json);
    this.etag = `W/"${createHash("sha256").update(this.body).digest("base64url").slice(0, 22)}"`;
    this.ids = new Set(Array.from(json.matchAll(ID), ([, id]) => id ?? ""));
  }

  /** Room for the compressed form is kept. */
  get bytes(): number {
    const ofBodies = Math.ceil(this.body.length * (1 + COMPRESSED_SHARE));
    return ofBodies + this.ids.size * SHOWN_BYTES + OVERHEAD_BYTES;
  }

  compressed(): Promise<Buffer | undefined> {
    this.#compressed ??= this.#compress();
    return this.#compressed;
  }

  async #compress(): Promise<Buffer | undefined> {
    const { length } = this.body;
    if (length < COMPRESSED_FROM_BYTES) return undefined;
    const compressed = await compressText(this.body);
    return compressed.length < length * COMPRESSED_SHARE ? compressed : undefined;
  }
}

/**
 * Answers to what everybody may ask, kept as bytes. However many ask the same at once, the database is asked once; what is somewhat old
 * is given while it is asked for anew; and what has changed is forgotten. Nothing personal can get in: `ask` knows of nobody.
 */
export class PublicAnswers {
  readonly #options: Required<Omit<PublicAnswersOptions, "ask">> & PublicAnswersOptions;
  readonly #kept: LRUCache<string, KeptAnswer>;
  readonly #asking = new Map<string, Promise<KeptAnswer | undefined>>();
  /** Keys of the answers that show something, by its id. */
  readonly #shown = new Map<string, Set<string>>();
  /** Questions that are mistakes: everybody is told so by themselves, without a question for all before it. */
  readonly #failing: LRUCache<string, true>;
  /** Changes that were heard of, counted; with which of them a thing, or anything, was last said to have changed. */
  #changes = 0;
  readonly #lastChangeOf: LRUCache<string, number>;
  #lastPublicChange = 0;

  constructor(options: PublicAnswersOptions) {
    const { maxBytes = MAX_BYTES, freshMs = FRESH_MS, staleMs = STALE_MS } = options;
    const now = options.now ?? (() => performance.now());
    this.#options = { ...options, maxBytes, freshMs, staleMs, now };
    this.#kept = new LRUCache({
      maxSize: Math.max(1, maxBytes),
      sizeCalculation: ({ bytes }, key) => bytes + key.length * CHARACTER_BYTES,
      dispose: (answer, key) => this.#unlink(key, answer),
    });
    this.#failing = new LRUCache({
      ttl: freshMs,
      maxSize: FAILING_BYTES,
      sizeCalculation: (_, key) => key.length * CHARACTER_BYTES + OVERHEAD_BYTES,
    });
    this.#lastChangeOf = new LRUCache({ max: REMEMBERED_CHANGES });
  }

  /** How many bytes are kept. */
  get bytes(): number {
    return this.#kept.calculatedSize;
  }

  /**
   * @param input of a query, as JSON
   * @returns `undefined` where the question is a mistake: whoever asks is told so by themselves
   * @throws what went wrong on our side, to all who were waiting: if each of them asked for themselves now, they would make it worse
   */
  async find(path: string, input: string | undefined): Promise<PublicAnswer | undefined> {
    const key = `${path}?${input ?? ""}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      const { freshMs, staleMs, now } = this.#options;
      const age = now() - kept.askedAt;
      if (age <= freshMs) return kept;
      const anew = this.#askOnce(key, path, input);
      if (age <= freshMs + staleMs) {
        // Whoever asks gets what there is; what goes wrong meanwhile is told to who asks next.
        anew.catch(() => {});
        return kept;
      }
      return await anew;
    }
    if (this.#failing.has(key)) return undefined;
    return await this.#askOnce(key, path, input);
  }

  /** Forgets what shows one of these. */
  forget(ids: readonly string[]): void {
    this.#changes += 1;
    for (const id of ids) {
      this.#lastChangeOf.set(id, this.#changes);
      for (const key of this.#shown.get(id) ?? []) this.#kept.delete(key);
    }
    // Who asks from now on is not told what was read before.
    this.#asking.clear();
  }

  forgetAll(): void {
    this.#changes += 1;
    this.#lastPublicChange = this.#changes;
    this.#kept.clear();
    this.#failing.clear();
    this.#asking.clear();
  }

  #askOnce(key: string, path: string, input: string | undefined): Promise<KeptAnswer | undefined> {
    const asking = this.#asking.get(key);
    if (asking !== undefined) return asking;
    const asked = this.#ask(key, path, input).finally(() => {
      if (this.#asking.get(key) === asked) this.#asking.delete(key);
    });
    this.#asking.set(key, asked);
    return asked;
  }

  async #ask(
    key: string,
    path: string,
    input: string | undefined,
  ): Promise<KeptAnswer | undefined> {
    const askedAt = this.#options.now();
    const heardOf = this.#changes;
    const json = await this.#options.ask(path, input);
    if (json === undefined) {
      this.#failing.set(key, true);
      return undefined;
    }
    const answer = new KeptAnswer(askedAt, json);
    if (this.#isStillTrue(answer, heardOf)) this.#keep(key, answer);
    return answer;
  }

  /** Whether nothing that it shows is known to have changed after so many changes. */
  #isStillTrue({ ids }: KeptAnswer, heardOf: number): boolean {
    if (this.#lastPublicChange > heardOf) return false;
    for (const id of ids) if ((this.#lastChangeOf.get(id) ?? 0) > heardOf) return false;
    return true;
  }

  #keep(key: string, answer: KeptAnswer): void {
    if (this.#options.maxBytes === 0) return;
    this.#kept.set(key, answer);
    // It is not kept where it is larger than all that may be.
    if (this.#kept.peek(key) !== answer) return;
    for (const id of answer.ids) {
      const keys = this.#shown.get(id);
      if (keys === undefined) this.#shown.set(id, new Set([key]));
      else keys.add(key);
    }
  }

  #unlink(key: string, { ids }: KeptAnswer): void {
    for (const id of ids) {
      const keys = this.#shown.get(id);
      keys?.delete(key);
      if (keys?.size === 0) this.#shown.delete(id);
    }
  }
}
