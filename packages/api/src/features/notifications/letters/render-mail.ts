import type { MailContent } from "./facts.ts";
import { renderHtml } from "./render-html.ts";
import { renderText } from "./render-text.ts";
import { wordsFor, writeLetter } from "./write-letter.ts";

/** A mail without its addresses. */
export interface RenderedMail {
  /** BCP 47: the language that it is written in. */
  readonly language: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** RFC 5322 allows 998 characters a line; lists of mails show some sixty. */
const SUBJECT_LENGTH = 200;

/** Line breaks would begin another header; the others turn the direction of what follows. */
const NOT_IN_A_SUBJECT =
  /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/**
 * @param language BCP 47; where there are no words for it, the first language's are taken
 * @param academy name of the academy
 */
export function renderMail(content: MailContent, language: string, academy: string): RenderedMail {
  const words = wordsFor(language);
  const letter = writeLetter(words, content);
  const subject = oneLine(letter.subject);
  const isAnswered = content.kind === "run_message" && content.facts.isAnswered;
  const footer = isAnswered ? words.answeredFooter(academy) : words.footer(academy);
  return {
    language: words.language,
    subject,
    html: renderHtml({ ...letter, subject }, { language: words.language, academy, footer }),
    text: renderText(letter, footer),
  };
}

function oneLine(subject: string): string {
  const clean = subject.replace(NOT_IN_A_SUBJECT, " ").replace(/ {2,}/gu, " ").trim();
  const characters = [...clean];
  return characters.length <= SUBJECT_LENGTH
    ? clean
    : `${characters.slice(0, SUBJECT_LENGTH - 1).join("")}…`;
}
