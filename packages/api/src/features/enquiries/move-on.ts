import { ENQUIRY_MOVES } from "@lectern/contract/enquiries";
import type { EnquiryStatus } from "@lectern/contract/vocabulary";
import { enquiry } from "@lectern/database/schema/enquiries";
import type { Transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { recordAudit } from "../../shared/audit.ts";

/** An enquiry moves on because of one of its quotes. Quotes are locked before their enquiry. */

/** Its quote was sent: it is `quoted`, if its state leads there. */
export async function moveOnToQuoted(
  tx: Transaction,
  call: Call,
  enquiryId: string,
  quoteId: string,
): Promise<void> {
  await moveOn(tx, call, { enquiryId, quoteId, to: "quoted" }, (from) =>
    ENQUIRY_MOVES[from].includes("quoted"),
  );
}

/** Its quote was accepted: it is won, even if staff had given it up. */
export async function moveOnToWon(
  tx: Transaction,
  call: Call,
  enquiryId: string,
  quoteId: string,
): Promise<void> {
  await moveOn(tx, call, { enquiryId, quoteId, to: "won" }, (from) => from !== "won");
}

async function moveOn(
  tx: Transaction,
  call: Call,
  { enquiryId, quoteId, to }: { enquiryId: string; quoteId: string; to: EnquiryStatus },
  isPossible: (from: EnquiryStatus) => boolean,
): Promise<void> {
  const [found] = await tx
    .select({ status: enquiry.status })
    .from(enquiry)
    .where(eq(enquiry.id, enquiryId))
    .for("no key update");
  if (found === undefined || !isPossible(found.status)) return;
  await tx
    .update(enquiry)
    .set({
      status: to,
      version: sql`${enquiry.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(enquiry.id, enquiryId));
  await recordAudit(tx, call, {
    action: "enquiry.move",
    entity: "enquiry",
    entityId: enquiryId,
    before: { status: found.status },
    after: { status: to, quoteId },
  });
}
