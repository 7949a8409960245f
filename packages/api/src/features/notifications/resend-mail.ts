import { type MailResendInput, MailSummary } from "@lectern/contract/mail";
import type { Database } from "@lectern/database/queryable";
import { mailMessage } from "@lectern/database/schema/mail";
import { transaction } from "@lectern/database/transaction";
import { enqueue } from "@lectern/jobs/queue";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict, notFound } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { toMailSummary } from "./mail-summary.ts";
import { mailDeliver } from "./queues.ts";

/**
 * Tries to send a mail again that has failed, as it was written.
 *
 * @throws NotFound; Conflict (`wrong_state`: it was sent, or is being sent); IdempotencyMismatch
 */
export async function resendMail(
  db: Database,
  call: Call,
  input: z.infer<typeof MailResendInput>,
): Promise<MailSummary> {
  const { id } = input;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "mail.resend", input, MailSummary, async () => {
      const [row] = await tx
        .update(mailMessage)
        .set({ state: "queued" })
        .where(and(eq(mailMessage.id, id), eq(mailMessage.state, "failed")))
        .returning();
      if (row === undefined) {
        const [found] = await tx
          .select({ state: mailMessage.state })
          .from(mailMessage)
          .where(eq(mailMessage.id, id));
        if (found === undefined) throw notFound("mail", id);
        throw conflict("mail", "wrong_state", "This mail has not failed.", found.state);
      }
      await enqueue(tx, mailDeliver, { mailId: id });
      await recordAudit(tx, call, {
        action: "mail.resend",
        entity: "mail",
        entityId: id,
        before: { state: "failed" },
        after: { state: "queued" },
      });
      return toMailSummary(row);
    }),
  );
}
