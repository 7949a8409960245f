import { promisify } from "node:util";
import { LanguageTag } from "@lectern/contract/primitives";
import { brotliCompress, constants } from "node:zlib";

/** What HTTP lets a client say about an answer that it would have. */

const compress = promisify(brotliCompress);

/** More than anybody reads. */
const LANGUAGES_MAX = 20;

/** Of 11 (docs/decisions/public-answers-are-kept.md has what the others cost, and save). */
const BROTLI_QUALITY = 5;

/** @returns text, compressed with Brotli */
export function compressText(text: Buffer): Promise<Buffer> {
  return compress(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });
}

/**
 * Compares weakly (RFC 9110, 13.1.2).
 *
 * @param header `if-none-match`
 * @returns whether the client has what has this tag
 */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const opaque = etag.replace(/^W\//u, "");
  return header
    .split(",")
    .map((one) => one.trim())
    .some((one) => one === "*" || one.replace(/^W\//u, "") === opaque);
}

/** @param header `accept-language` @returns the tag of the language that the client reads best; `null` where it says none */
export function readsBest(header: string | undefined): string | null {
  const ranges = (header ?? "").split(",", LANGUAGES_MAX).map((range) => {
    const [tag = "", weight = ""] = range.split(";");
    const quality = /^\s*q=([01](?:\.\d{1,3})?)\s*$/u.exec(weight)?.[1] ?? "1";
    return { tag: tag.trim(), quality: Number(quality) };
  });
  const known = ranges.filter(
    ({ tag, quality }) => quality > 0 && LanguageTag.safeParse(tag).success,
  );
  return known.toSorted((a, b) => b.quality - a.quality)[0]?.tag ?? null;
}

/** @param header `accept-encoding` @returns whether the client reads what is compressed with Brotli */
export function takesBrotli(header: string | string[] | undefined): boolean {
  if (typeof header !== "string" || !header.includes("br")) return false;
  return header.split(",").some((one) => {
    const [name = "", weight = ""] = one.split(";");
    return name.trim() === "br" && !/^\s*q=0(?:\.0*)?\s*$/u.test(weight);
  });
}
