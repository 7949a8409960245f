import type { BookingApproval } from "@lectern/contract/bookings";
import type { Queryable } from "@lectern/database/queryable";
import type { Call } from "../../../call.ts";
import { readBooking } from "../read-booking.ts";
import { type ApprovalProof, requireApproval } from "./require-approval.ts";

/**
 * A booking as its approver sees it.
 *
 * @throws NotFound, Invalid for a mistyped reference
 */
export async function findApproval(
  db: Queryable,
  call: Call,
  proof: ApprovalProof,
): Promise<BookingApproval> {
  const found = await requireApproval(db, call, proof);
  const { reference, status, run, places, total, purchaseOrder, expiresAt, serverTime } =
    await readBooking(db, call, found.reference);
  return {
    reference,
    status,
    run,
    places,
    total,
    booker: { name: found.bookerName, email: found.bookerEmail, company: found.bookerCompany },
    approver: { name: found.approverName, email: found.approverEmail },
    purchaseOrder,
    expiresAt,
    serverTime,
  };
}
