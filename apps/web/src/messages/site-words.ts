import part from "virtual:words/site";
import { wordsOf } from "./words.ts";

/** The words that every page needs. */
export const siteWords = wordsOf(part);
