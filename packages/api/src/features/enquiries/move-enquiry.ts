import { ENQUIRY_MOVES, EnquiryDetail, type EnquiryMoveInput } from "@lectern/contract/enquiries";
import type { Database } from "@lectern/database/queryable";
import { enquiry } from "@lectern/database/schema/enquiries";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { lockSeenEnquiry, readEnquiryDetail } from "./lock-enquiry.ts";

/**
 * Moves an enquiry on to its next state.
 *
 * @throws NotFound; Conflict `changed_meanwhile` when somebody else moved it since it was read, and
 *   `wrong_state` when its state does not lead there; IdempotencyMismatch
 */
export async function moveEnquiry(
  db: Database,
  call: Call,
  input: z.infer<typeof EnquiryMoveInput>,
): Promise<EnquiryDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "enquiries.move", input, EnquiryDetail, () => move(tx, call, input)),
  );
}

async function move(
  tx: Transaction,
  call: Call,
  input: z.infer<typeof EnquiryMoveInput>,
): Promise<EnquiryDetail> {
  const status = await lockSeenEnquiry(tx, input);
  if (!ENQUIRY_MOVES[status].includes(input.to)) {
    throw conflict(
      "enquiry",
      "wrong_state",
      `An enquiry that is ${status} can't become ${input.to}.`,
      status,
    );
  }
  await tx
    .update(enquiry)
    .set({
      status: input.to,
      ...(input.note != null && { note: input.note }),
      version: sql`${enquiry.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(enquiry.id, input.id));
  await recordAudit(tx, call, {
    action: "enquiry.move",
    entity: "enquiry",
    entityId: input.id,
    before: { status },
    // What it says may be about somebody: that stays where it can be erased.
    after: { status: input.to, hasNote: input.note != null },
  });
  return readEnquiryDetail(tx, call, input.id);
}
