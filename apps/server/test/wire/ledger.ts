import { REQUEST_ID_HEADER } from "@lectern/contract/cacheable";
import type { TRPCError } from "@trpc/server";

/** The header that says which variant a request belongs to, so that what it does is told apart from the others. */
export const VARIANT_HEADER = REQUEST_ID_HEADER;

/** How it says so. */
export const ID_PREFIX = "variant-";

/** What `onError` was told, as text. */
export type Told = Readonly<Record<string, string>>;

/** What a server did for one variant, beside answering. */
export interface Entry {
  /** How often the context was made. */
  contexts: number;
  /** The procedures that ran, by their paths. */
  readonly ran: string[];
  readonly told: Told[];
  /** How many requests a handler of our own answered. */
  served: number;
  /** How many clients it found gone. */
  left: number;
  /** What procedures found out on the way, such as that their signal aborted. */
  readonly noted: string[];
}

/** What a server did for each variant. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();

  of(variant: string): Entry {
    const known = this.#entries.get(variant);
    if (known !== undefined) return known;
    const entry = { contexts: 0, ran: [], told: [], served: 0, left: 0, noted: [] };
    this.#entries.set(variant, entry);
    return entry;
  }

  /** @returns the entry of the variant that headers name */
  forHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Entry {
    return this.of(String(headers[VARIANT_HEADER]));
  }
}

/** @returns all that `onError` was told, as text: of the error its kind, its words, and what caused it */
export function toldOf(failed: {
  readonly error: TRPCError;
  readonly path?: string | undefined;
  readonly type?: string;
  readonly input?: unknown;
}): Told {
  const { error, path, ...more } = failed;
  return {
    error: `${error.code} ${error.name}: ${error.message} <- ${describe(error.cause)}`,
    path: String(path),
    ...("type" in more && { type: String(more.type) }),
    ...("input" in more && { input: describe(more.input) }),
  };
}

/** @returns a text for anything at all */
export function describe(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  try {
    return `${typeof value} ${JSON.stringify(value)}`;
  } catch {
    return typeof value;
  }
}
