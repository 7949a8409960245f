import { EnquiryDetail, type EnquiryMoveInput } from "@lectern/contract/enquiries";
import type { EnquiryStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { course } from "@lectern/database/schema/catalogue";
import { enquiry } from "@lectern/database/schema/enquiries";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { enquiryColumns, toEnquiryDetail } from "./enquiry-detail.ts";

/** Where an enquiry can go from each state. Lost ones come back, spam can turn out to be none. */
const MOVES: Readonly<Record<EnquiryStatus, readonly EnquiryStatus[]>> = {
  new: ["in_progress", "quoted", "lost", "spam"],
  in_progress: ["quoted", "won", "lost", "spam"],
  quoted: ["in_progress", "won", "lost"],
  won: [],
  lost: ["in_progress"],
  spam: ["new"],
};

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
  const [found] = await tx
    .select({ status: enquiry.status, version: enquiry.version })
    .from(enquiry)
    .where(eq(enquiry.id, input.id))
    .for("update");
  if (found === undefined) throw notFound("enquiry", input.id);
  if (found.version !== input.version) {
    throw conflict(
      "enquiry",
      "changed_meanwhile",
      "Somebody changed this enquiry since you read it: read it again.",
      found.status,
    );
  }
  if (!MOVES[found.status].includes(input.to)) {
    throw conflict(
      "enquiry",
      "wrong_state",
      `An enquiry that is ${found.status} can't become ${input.to}.`,
      found.status,
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
    before: { status: found.status },
    // What it says may be about somebody: that stays where it can be erased.
    after: { status: input.to, hasNote: input.note != null },
  });
  const [row] = await tx
    .select(enquiryColumns)
    .from(enquiry)
    .leftJoin(course, eq(course.id, enquiry.courseId))
    .where(eq(enquiry.id, input.id));
  if (row === undefined) throw notFound("enquiry", input.id);
  return toEnquiryDetail(call, row);
}
