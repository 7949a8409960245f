import { EnquiryDetail, type EnquiryNoteInput } from "@lectern/contract/enquiries";
import type { Database } from "@lectern/database/queryable";
import { enquiry } from "@lectern/database/schema/enquiries";
import { transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { lockSeenEnquiry, readEnquiryDetail } from "./lock-enquiry.ts";

/**
 * Writes staff's note about an enquiry down.
 *
 * @throws NotFound; Conflict `changed_meanwhile`; IdempotencyMismatch
 */
export async function noteEnquiry(
  db: Database,
  call: Call,
  input: z.infer<typeof EnquiryNoteInput>,
): Promise<EnquiryDetail> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "enquiries.note", input, EnquiryDetail, async () => {
      await lockSeenEnquiry(tx, input);
      const note = input.note.trim() === "" ? null : input.note;
      await tx
        .update(enquiry)
        .set({
          note,
          version: sql`${enquiry.version} + 1`,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(eq(enquiry.id, input.id));
      await recordAudit(tx, call, {
        action: "enquiry.note",
        entity: "enquiry",
        entityId: input.id,
        before: null,
        // What it says may be about somebody: that stays where it can be erased.
        after: { hasNote: note !== null },
      });
      return readEnquiryDetail(tx, call, input.id);
    }),
  );
}
