import type { Database } from "@lectern/database/queryable";
import { DomainError, notFound } from "../../../domain-error.ts";
import { bookability, placesLeft } from "../../../shared/run-summary.ts";
import { tooManyPlaces } from "../booker-limit.ts";
import { findRunSummaryRow } from "../find-run-summary-row.ts";
import type { Claim } from "./claim.ts";

/** @returns why a claim got nothing: told apart after the fact, so that the usual way does not pay for it */
export async function whyNotHeld(db: Database, claim: Claim): Promise<DomainError> {
  const { runId, places } = claim;
  const row = await findRunSummaryRow(db, runId);
  if (row === undefined || row.status === "draft") return notFound("run", runId);
  const state = bookability(claim.isInvited ? { ...row, visibility: "public" } : row);
  if (state !== "open" && state !== "sold_out") {
    return new DomainError(
      { code: "NotBookable", data: { runId, reason: state } },
      "This date can't be booked.",
    );
  }
  if (places > row.placesPerBooker) {
    return tooManyPlaces({
      runId,
      limit: row.placesPerBooker,
      alreadyBooked: 0,
      requested: places,
    });
  }
  const left = placesLeft(row);
  return new DomainError(
    { code: "SoldOut", data: { runId, placesLeft: left, requested: places } },
    left === 0 ? "This date is sold out." : `Only ${left} of the ${places} places are left.`,
  );
}
