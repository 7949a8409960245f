import type { ClaimDetails, ClaimProof } from "@lectern/contract/registrations";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { notFound } from "../../../domain-error.ts";
import { withRunInLanguage } from "../../../shared/in-language.ts";
import { toRunSummary } from "../../../shared/run-summary.ts";
import { findRunSummaryRow } from "../find-run-summary-row.ts";
import { requireClaim } from "./claimed-registration.ts";
import { readWholeBooking } from "./locked-booking.ts";
import { whyNotClaimed } from "./obstacles.ts";

/**
 * A place, for whoever holds its claim link: which date it is of, and who booked it.
 *
 * @throws NotFound for an unknown registration, a wrong key and a link that was renewed alike
 */
export async function findClaim(
  db: Database,
  call: Call,
  input: z.infer<typeof ClaimProof>,
): Promise<ClaimDetails> {
  const claimed = await requireClaim(db, call, input);
  const [whole, run] = await Promise.all([
    readWholeBooking(db, claimed.bookingId),
    findRunSummaryRow(db, claimed.runId),
  ]);
  const row = whole.registrations.find(({ id }) => id === claimed.id);
  const { bookerName: name, bookerCompany: company } = whole.booking;
  if (row === undefined || run === undefined || name === null) {
    throw notFound("registration", input.registrationId);
  }
  return withRunInLanguage(db, call.language, {
    registrationId: row.id,
    run: toRunSummary(run),
    booker: { name, company },
    isTaken: row.learnerEmail !== null,
    obstacle: whyNotClaimed(whole, row),
    serverTime: whole.terms.at.toISOString(),
  });
}
