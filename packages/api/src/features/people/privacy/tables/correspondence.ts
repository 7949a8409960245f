import { enquiry } from "@lectern/database/schema/enquiries";
import { mailMessage } from "@lectern/database/schema/mail";
import { idempotencyKey } from "@lectern/database/schema/operations";
import { quote } from "@lectern/database/schema/quotes";
import { isAnswerAbout } from "../erasure/answers-about.ts";
import { removeMails } from "../erasure/remove-mails.ts";
import { personal, type PersonalTable } from "../personal-table.ts";
import { isTheirAddress } from "../subject.ts";

/** What was written to people and by them. See `PERSONAL_DATA`. */
export const CORRESPONDENCE: readonly PersonalTable[] = [
  personal(mailMessage, {
    whose: "went to an address of theirs; on erasure also what tells others of them",
    key: "mails",
    isTheirs: (subject) => isTheirAddress(mailMessage.recipientEmail, subject),
    exported: [
      "id",
      "kind",
      "state",
      "recipientName",
      "recipientEmail",
      "language",
      "subject",
      "calendarMethod",
      "createdAt",
      "sentAt",
    ],
    files: ["html", "text", "calendar"],
    withheld: ["messageId", "aboutId", "attempts", "lastError"],
    erasure: { kind: "deleted", remove: removeMails },
    keptFor: "90 days",
  }),
  personal(idempotencyKey, {
    whose:
      "answers to what they, or a program of theirs, asked for; to others, about their bookings",
    // The same data once more.
    key: null,
    isTheirs: isAnswerAbout,
    exported: [],
    withheld: ["scope", "key", "requestHash", "answer", "createdAt"],
    erasure: { kind: "deleted" },
    keptFor: "30 days",
  }),
  personal(quote, {
    whose: "written to an address of theirs; goes with its enquiry as well",
    key: "quotes",
    isTheirs: (subject) => isTheirAddress(quote.recipientEmail, subject),
    exported: [
      "id",
      "number",
      "enquiryId",
      "runId",
      "status",
      "places",
      "unitAmount",
      "currency",
      "message",
      "note",
      "recipientName",
      "recipientEmail",
      "recipientCompany",
      "language",
      "lastDay",
      "goodUntil",
      "bookingId",
      "isWithdrawn",
      "withdrawnReason",
      "declinedReason",
      "sentAt",
      "endedAt",
      "createdAt",
      "updatedAt",
    ],
    withheld: ["taxCategory", "copiedFromId", "version"],
    erasure: { kind: "deleted" },
    keptFor: "as long as the enquiry",
  }),
  personal(enquiry, {
    whose: "sent with an address of theirs",
    key: "enquiries",
    isTheirs: (subject) => isTheirAddress(enquiry.email, subject),
    exported: [
      "id",
      "kind",
      "status",
      "name",
      "email",
      "company",
      "courseId",
      "participants",
      "message",
      "note",
      "language",
      "answeredAt",
      "quotedAt",
      "createdAt",
      "updatedAt",
    ],
    encrypted: ["phone"],
    withheld: ["version"],
    erasure: { kind: "deleted" },
    keptFor: "30 days as spam, a year when lost, else two years",
  }),
];
