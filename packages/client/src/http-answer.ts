import type { FetchLike } from "./options.ts";

/** A request that got no answer, or one that broke off. */
export class ExchangeFailed extends Error {
  override readonly name = "ExchangeFailed";
}

/** A request that could not be made up, so that nothing was sent. */
export class NotSent extends Error {
  override readonly name = "NotSent";
}

/** An answer that is not JSON, or none of a failure that tRPC tells: it comes from something else than Lectern's API. */
export class NotJson extends Error {
  override readonly name = "NotJson";
  readonly status: number;
  readonly headers: Headers;

  constructor(response: Response, cause: unknown) {
    const type = response.headers.get("content-type") ?? "no content type";
    super(`status ${response.status}, ${type}`, { cause });
    this.status = response.status;
    this.headers = response.headers;
  }
}

/** A response that was read to its end, in the form that tRPC's links take. */
export class HttpAnswer {
  readonly ok: boolean;
  readonly headers: Headers;
  readonly #json: unknown;

  constructor(response: Response, json: unknown) {
    this.ok = response.ok;
    this.headers = response.headers;
    this.#json = json;
  }

  json(): Promise<unknown> {
    return Promise.resolve(this.#json);
  }
}

/** Whether tRPC says it: alone, or in the answers to a batch. A server on its way out has JSON of another kind. */
function isFailureTold(json: unknown): boolean {
  if (Array.isArray(json)) return true;
  if (typeof json !== "object" || json === null || !("error" in json)) return false;
  return typeof json.error === "object";
}

/** @throws NotJson */
export function readAnswer(response: Response, text: string): HttpAnswer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new NotJson(response, cause);
  }
  if (!response.ok && !isFailureTold(json)) throw new NotJson(response, undefined);
  return new HttpAnswer(response, json);
}

/**
 * Sends a request and reads the whole answer, so that each way to fail has an error of its own.
 *
 * @throws ExchangeFailed without an answer, NotJson for one that no Lectern server gave
 */
export async function exchange(
  fetch: FetchLike,
  url: string,
  init: RequestInit,
): Promise<HttpAnswer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, init);
    text = await response.text();
  } catch (cause) {
    throw new ExchangeFailed("no answer", { cause });
  }
  return readAnswer(response, text);
}
