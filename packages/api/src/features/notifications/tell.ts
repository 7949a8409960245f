import type { MailKind } from "@lectern/contract/vocabulary";
import type { Transaction } from "@lectern/database/transaction";
import { enqueueAll } from "@lectern/jobs/queue";
import { type Recipient, TOGETHER_MAX, mailCompose } from "./queues.ts";

export interface TellOptions {
  /** When the mail is to be written; at once without it. What has no more sense by then is not written. */
  readonly dueAt?: Date;
  /** The one who gets it, instead of whom the rows name: such as a learner who was replaced, or an address that was given up. */
  readonly to?: Recipient;
}

/**
 * Sees to it that people are told, once the caller's transaction has committed: puts a job into the
 * queue that writes the mails, and those into another that sends them. Nothing that was told is lost,
 * and nothing is told of what was rolled back. Who gets it, and what it says, is read from the rows as
 * they are when the mail is written: several people of one event are one call.
 *
 * | Kind                       | `aboutId`        | Goes to                                                             |
 * | -------------------------- | ---------------- | ------------------------------------------------------------------- |
 * | `booking_confirmed`        | booking          | booker, with a claim link for each place that nobody is named for   |
 * | `approval_requested`       | booking          | approver, with a link to approve or refuse; nothing once it is decided |
 * | `approval_refused`         | booking          | booker                                                              |
 * | `hold_expiring`            | booking          | booker; nothing unless the payment is still awaited                 |
 * | `booking_cancelled`        | booking          | booker, and each learner who had a place                            |
 * | `registration_cancelled`   | registration     | booker (one mail a call), and the learner if one is named; with `to`: that one alone, as the learner who was replaced |
 * | `registration_transferred` | new registration | booker (one mail a new booking), and the learner if one is named    |
 * | `learner_named`            | registration     | learner; nothing if that is the booker, who is told with the booking |
 * | `claim_link`               | registration     | booker, or with `to` that one alone; nothing once a learner is named |
 * | `waitlist_joined`          | waitlist entry   | the party                                                           |
 * | `offer`                    | waitlist entry   | the party; nothing unless the offer still stands                    |
 * | `offer_lapsed`             | waitlist entry   | the party                                                           |
 * | `waitlist_closed`          | waitlist entry   | the party                                                           |
 * | `run_cancelled`            | registration     | booker (one mail a booking), and the learner if one is named        |
 * | `run_rescheduled`          | registration     | booker (one mail a booking), and the learner if one is named        |
 * | `run_confirmed`            | run              | the booker of every confirmed booking                               |
 * | `run_undecided`            | run              | staff; nothing unless the run is still tentative                    |
 * | `run_message`              | run message      | each learner who was chosen, or who comes; of places without a name the booker |
 * | `reminder`                 | registration     | learner, or the booker while nobody is named; nothing once it has begun |
 * | `late_payment_seated`      | payment          | booker                                                              |
 * | `late_payment_pending`     | payment          | booker                                                              |
 * | `late_payment_staff`       | payment          | staff                                                               |
 * | `quote`                    | quote            | its recipient, with a link to answer it; nothing unless it is open  |
 * | `quote_accepted`           | quote            | its recipient, with a link to the booking; nothing once that is confirmed or over |
 * | `quote_withdrawn`          | quote            | its recipient                                                       |
 * | `quote_answered`           | quote            | staff                                                               |
 * | `verify_email`             | one-time token   | the address it is to verify; nothing once the person is verified     |
 * | `already_registered`       | person           | the person, whose address somebody tried to sign up with            |
 * | `reset_password`           | one-time token   | the person                                                          |
 * | `password_changed`         | person           | the person                                                          |
 * | `email_change_asked`       | one-time token (`change_email`) | the new address                                      |
 * | `email_changed`            | person           | `to`, which is the old address; nothing without it                  |
 * | `new_sign_in`              | person           | the person, of their newest session; nothing where there is none    |
 * | `factors_changed`          | person           | the person                                                          |
 * | `invitation`               | one-time token   | the address that is invited                                         |
 * | `account_suspended`        | person           | the person; nothing unless they are still suspended                 |
 * | `accounts_merged`          | person who was merged away | the person whose account stays                            |
 * | `export_ready`             | privacy request  | the person; nothing unless the archive is there                     |
 * | `erasure_asked`            | privacy request  | the person; nothing unless it still waits                           |
 * | `erasure_done`             | privacy request  | `to`, as the rows no longer say who it was; nothing without it      |
 *
 * Nothing is sent of a one-time token that is used or over, nor to people who were erased or merged into
 * others, but for what tells of just that.
 *
 * A statement that does everything by itself writes the same as a row of `outbox`: queue `mail.compose`, data
 * `{ "kind": …, "aboutId": … }`.
 *
 * @param aboutId what the mail is about, by the table; several at once for what happened at once
 */
export async function tell(
  tx: Transaction,
  kind: MailKind,
  aboutId: string | readonly string[],
  options: TellOptions = {},
): Promise<void> {
  const { dueAt, to } = options;
  const ids = typeof aboutId === "string" ? [aboutId] : aboutId;
  const together = ids.length > 1 && ids.length <= TOGETHER_MAX ? [...ids] : undefined;
  await enqueueAll(
    tx,
    mailCompose,
    ids.map((id) => ({
      data: { kind, aboutId: id, ...(to && { to }), ...(together && { together }) },
      ...(dueAt && { startAfter: dueAt }),
    })),
  );
}
