import { language } from "./language.ts";

/** @returns what marks a text that is in another language than the page (`lang`), for who has it read out */
export function langOf(tag: string): string | undefined {
  return tag === language() ? undefined : tag;
}
