import { offer } from "./en/offer.ts";

/** What is said to who would rather read another language: in that one, and loaded for them alone. */
export const messages = { offer };
