import type { Translation } from "../translation.ts";
import type * as english from "../en/offer.ts";

export const offer = {
  words: "Denne siden finnes også på norsk.",
  go: "Les den på norsk",
  stay: "Nei takk",
} as const satisfies Translation<typeof english.offer>;
