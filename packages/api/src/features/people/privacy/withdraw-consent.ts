import { ConsentsOutput, type WithdrawConsentInput } from "@lectern/contract/privacy";
import type { Database } from "@lectern/database/queryable";
import { consent } from "@lectern/database/schema/privacy";
import { transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { conflict } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import type { PersonCall } from "../accounts/person-call.ts";
import { LASTING_PURPOSES } from "./consent-texts.ts";
import { listConsents } from "./list-consents.ts";
import { isOpen } from "./record-consent.ts";

/**
 * Takes back what whoever is signed in agreed to; who had not agreed changes nothing by it.
 *
 * @throws Conflict `wrong_state` for what an account can't be without; IdempotencyMismatch
 */
export async function withdrawConsent(
  db: Database,
  call: PersonCall,
  input: z.infer<typeof WithdrawConsentInput>,
): Promise<z.infer<typeof ConsentsOutput>> {
  const { purpose } = input;
  const personId = call.actor.id;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "privacy.withdrawConsent", input, ConsentsOutput, async () => {
      if (LASTING_PURPOSES.includes(purpose)) {
        throw conflict(
          "person",
          "wrong_state",
          "An account can't be without this: ask for its erasure instead.",
          purpose,
        );
      }
      const [withdrawn] = await tx
        .update(consent)
        .set({ withdrawnAt: sql`clock_timestamp()` })
        .where(isOpen(personId, purpose))
        .returning({ textVersion: consent.textVersion });
      if (withdrawn !== undefined) {
        await recordAudit(tx, call, {
          action: "consent.withdraw",
          entity: "person",
          entityId: personId,
          before: { purpose, textVersion: withdrawn.textVersion },
          after: null,
        });
      }
      return listConsents(tx, call);
    }),
  );
}
