import type { MailKind } from "@lectern/contract/vocabulary";
import { en } from "../words/en.ts";
import type { MailContent, MailFacts } from "./facts.ts";
import type { Letter } from "./letter.ts";
import { speechOf } from "./speech.ts";
import type { Words } from "./words.ts";

/** The languages that mails are written in. A further one is a file like `words/en.ts`, and a word here. */
const LANGUAGES: readonly Words[] = [en];

/** @returns the words for a BCP 47 tag such as `nb-NO`, or those of the first language */
export function wordsFor(tag: string): Words {
  const [language] = tag.toLowerCase().split("-");
  return LANGUAGES.find((words) => words.language === language) ?? en;
}

/** @returns the letter that says it in these words */
export function writeLetter(words: Words, { kind, facts }: MailContent): Letter {
  return write(words, kind, facts);
}

function write<K extends MailKind>(words: Words, kind: K, facts: MailFacts[K]): Letter {
  return words.letters[kind](facts, speechOf(words));
}
