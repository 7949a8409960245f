import type { MailKind } from "@lectern/contract/vocabulary";
import { en } from "../words/en.ts";
import { nb } from "../words/nb.ts";
import type { MailContent, MailFacts } from "./facts.ts";
import type { Letter } from "./letter.ts";
import { speechOf } from "./speech.ts";
import type { Words } from "./words.ts";

/** The languages that mails are written in, the first one first. A further one is a file like `words/en.ts`, and a word here. */
export const MAIL_LANGUAGES = [en, nb] as const satisfies readonly Words[];

/** @returns the words for a BCP 47 tag such as `nb-NO`, or those of the first language */
export function wordsFor(tag: string): Words {
  const [language] = tag.toLowerCase().split("-");
  return MAIL_LANGUAGES.find((words) => isFor(words, language)) ?? en;
}

function isFor(words: Words, language: string | undefined): boolean {
  return language === words.language || words.alsoFor.some((other) => other === language);
}

/** @returns the letter that says it in these words */
export function writeLetter(words: Words, { kind, facts }: MailContent): Letter {
  return write(words, kind, facts);
}

function write<K extends MailKind>(words: Words, kind: K, facts: MailFacts[K]): Letter {
  return words.letters[kind](facts, speechOf(words));
}
