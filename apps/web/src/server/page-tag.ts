import { createHash } from "node:crypto";

/** When answers were read: of two pages that differ in nothing else, one is as good as the other. */
const TIMES = /"(?:dehydratedAt|dataUpdatedAt)":\d+/gu;

/** @returns the tag of a page, the same for all that show the same (RFC 9110, 8.8.1: weak) */
export function pageTag(html: string): string {
  const hash = createHash("sha256").update(html.replaceAll(TIMES, ""));
  return `W/"${hash.digest("base64url").slice(0, 22)}"`;
}
