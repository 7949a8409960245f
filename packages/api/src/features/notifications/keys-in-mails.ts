import type { AccessKeys, KeySubject } from "@lectern/auth/access-key";

/**
 * Mails are kept, and the keys in their links must not be: a stolen database holds none. So a mail is
 * written with a mark where a key belongs, and the key is put in as the mail leaves.
 *
 * The marks are made with characters for private use (Unicode, section 23.5), which are taken out of
 * all text that people have typed: nobody can write one into a name and be sent somebody else's key.
 */
const BEGIN = "\uE000";
const END = "\uE001";

/** What marks may stand for: what mails link to. */
const MARK =
  /\uE000(booking|claim|join|waitlist|approval|quote|one_time)\|([0-9a-f-]{36}(?::\d{1,9})?)\uE001/gu;

const SUBJECTS: Readonly<Record<string, KeySubject>> = {
  booking: "booking",
  claim: "claim",
  join: "join",
  waitlist: "waitlist",
  approval: "approval",
  quote: "quote",
  one_time: "one_time",
};

/** Makes marks for links, where `AccessKeys` would make keys. */
export const KEY_MARKS: Pick<AccessKeys, "keyFor"> = {
  keyFor: (subject, id) => `${BEGIN}${subject}|${id}${END}`,
};

/** @returns the text with the keys that its marks stand for */
export function fillInKeys(text: string, accessKeys: Pick<AccessKeys, "keyFor">): string {
  return text.replace(MARK, (mark, name: string, id: string) => {
    const subject = SUBJECTS[name];
    return subject === undefined ? mark : accessKeys.keyFor(subject, id);
  });
}

/** @returns the text for who may read it and not open what it links to */
export function leaveOutKeys(text: string): string {
  return text.replace(MARK, "…");
}

/** @returns the text without what could be taken for a mark */
export function withoutMarks(text: string): string {
  return text.replace(/[\uE000-\uF8FF]/gu, "");
}
