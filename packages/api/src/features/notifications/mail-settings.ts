import type { Participant } from "./calendar/calendar-object.ts";

/** @returns whether mails to staff go anywhere: an address that ends in `.invalid` is none (RFC 2606) */
export function isRead({ email }: Pick<Participant, "email">): boolean {
  return !/\.invalid$/iu.test(email);
}

/** What writing mails takes beside the rows. */
export interface MailSettings {
  /** Where visitors reach the site, without a slash at the end. */
  readonly publicUrl: string;
  /** Name of the academy, as readers know it. */
  readonly academy: string;
  /** Who sends the mails, and whom calendars show as the organiser. */
  readonly sender: Participant;
  /** Whom notices for staff go to. An address that ends in `.invalid` is none: those are kept, and not sent. */
  readonly staff: Participant;
  /** BCP 47: what notices for staff are written in. */
  readonly staffLanguage: string;
  /** What stands behind the `@` of Message-IDs. */
  readonly host: string;
}
