import { PrivacyRequest, type PrivacyRequestInput } from "@lectern/contract/privacy";
import type { Database } from "@lectern/database/queryable";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { transaction } from "@lectern/database/transaction";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { conflict } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { readPrivacyRequest } from "../requests.ts";

/**
 * Thinks better of being erased.
 *
 * @throws NotFound for the request of somebody else, Conflict `wrong_state` for one that does not wait,
 *   IdempotencyMismatch
 */
export async function withdrawErasure(
  db: Database,
  call: PersonCall,
  input: z.infer<typeof PrivacyRequestInput>,
): Promise<PrivacyRequest> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "privacy.withdrawErasure", input, PrivacyRequest, async () => {
      const withdrawn = await tx
        .update(privacyRequest)
        .set({ state: "withdrawn", doneAt: sql`clock_timestamp()` })
        .where(
          and(
            eq(privacyRequest.id, input.id),
            eq(privacyRequest.personId, call.actor.id),
            eq(privacyRequest.kind, "erasure"),
            eq(privacyRequest.state, "waiting"),
          ),
        )
        .returning({ id: privacyRequest.id });
      const request = await readPrivacyRequest(tx, call, input.id);
      if (withdrawn.length === 0) {
        const message = "This request does not wait any more.";
        throw conflict("privacy_request", "wrong_state", message, request.state);
      }
      await recordAudit(tx, call, {
        action: "privacy_request.withdraw",
        entity: "privacy_request",
        entityId: input.id,
        before: { state: "waiting" },
        after: { state: "withdrawn" },
      });
      return request;
    }),
  );
}
