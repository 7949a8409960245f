import type { MailKind } from "@lectern/contract/vocabulary";
import type { MailFacts } from "./facts.ts";
import type { Letter } from "./letter.ts";
import type { Manner, Speech } from "./speech.ts";

/** Everything that one language says in mails. The compiler sees to it that no kind is left out. */
export interface Words extends Manner {
  /** BCP 47, without a country: the language that the mail is marked with. */
  readonly language: string;
  /** Languages without words of their own whose readers are written to in this one. */
  readonly alsoFor: readonly string[];
  /** Under every letter: who writes, and why there is no use in answering. */
  footer(academy: string): string;
  /** The same under what staff have written themselves, to which people can answer. */
  answeredFooter(academy: string): string;
  /** In the reader's calendar. */
  readonly calendar: {
    /** Where a virtual run takes place. */
    readonly online: string;
    booked(reference: string): string;
    /** Where to come in, for who is signed in. */
    join(url: string): string;
    /** What a calendar is called that programs subscribe to. */
    name(academy: string): string;
    /** What is written where somebody teaches. */
    teaching(title: string): string;
    /** One of several sessions. */
    session(title: string, position: number, of: number): string;
  };
  readonly letters: { readonly [K in MailKind]: (facts: MailFacts[K], say: Speech) => Letter };
}
