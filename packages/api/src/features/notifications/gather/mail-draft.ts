import type { Queryable } from "@lectern/database/queryable";
import type { CalendarObject, Participant } from "../calendar/calendar-object.ts";
import type { MailContent } from "../letters/facts.ts";
import type { LinkParts } from "../links.ts";
import type { MailSettings } from "../mail-settings.ts";
import type { ComposeData } from "../queues.ts";
import { plainName } from "./plain-text.ts";
import type { BookingRow, RegistrationRow } from "./rows.ts";

/** A mail before it is put into words. */
export interface MailDraft {
  readonly content: MailContent;
  readonly to: Participant;
  /** BCP 47. */
  readonly language: string;
  /**
   * What makes it the same mail, whichever job writes it: a booker of five places is told once that
   * their run is cancelled. Without it, one mail for each job and address.
   */
  readonly key?: string;
  readonly calendar?: CalendarObject | null;
}

/** What gathering the facts of a mail has at hand. */
export interface Gathering {
  readonly db: Queryable;
  readonly settings: MailSettings & Omit<LinkParts, "language">;
  /** Names the event: see `MailDraft.key`. */
  readonly jobId: string;
  readonly now: Date;
}

/** @returns what addresses are made of, for somebody who reads that language (BCP 47) */
export function linksFor({ settings }: Gathering, language: string): LinkParts {
  const { publicUrl, accessKeys } = settings;
  return { publicUrl, accessKeys, language };
}

/** Who is told of one event: nobody, once it makes no more sense. */
export type Gather = (
  gathering: Gathering,
  aboutId: string,
  event: Pick<ComposeData, "to" | "together" | "bookingId">,
) => Promise<readonly MailDraft[]>;

/** The booker; `null` for a hold that nobody has put a name to. */
export function bookerOf(booking: BookingRow): Participant | null {
  const { bookerName: name, bookerEmail: email } = booking;
  return name === null || email === null ? null : { name: plainName(name), email };
}

/** The learner, unless nobody is named, or it is the booker, who is told as such. */
export function learnerBeside(
  registration: RegistrationRow,
  booking: BookingRow,
): Participant | null {
  const { learnerName: name, learnerEmail: email } = registration;
  if (name === null || email === null || isSameAddress(email, booking.bookerEmail)) return null;
  return { name: plainName(name), email };
}

/** As the database compares addresses. */
export function isSameAddress(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.toLowerCase() === other.toLowerCase();
}
