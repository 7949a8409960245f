import { newIdempotencyKey } from "@lectern/client";

/**
 * The idempotency keys of what a visitor wants done: the same wish, sent again because the answer was
 * lost or a button was pressed twice, has the same key and happens once; another wish has another key.
 */
export class Wishes {
  readonly #keys = new Map<string, string>();

  /** @param wish what is to be done, as plain JSON */
  keyOf(wish: unknown): string {
    const text = JSON.stringify(wish);
    const key = this.#keys.get(text) ?? newIdempotencyKey();
    this.#keys.set(text, key);
    return key;
  }

  /** After it is done: who wants the same once more has a new wish. */
  fulfilled(): void {
    this.#keys.clear();
  }
}
