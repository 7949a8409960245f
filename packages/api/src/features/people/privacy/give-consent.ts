import { ConsentsOutput, type GiveConsentInput } from "@lectern/contract/privacy";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { z } from "zod";
import { conflict } from "../../../domain-error.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import type { PersonCall } from "../accounts/person-call.ts";
import { CONSENT_TEXTS } from "./consent-texts.ts";
import { listConsents } from "./list-consents.ts";
import { recordConsent } from "./record-consent.ts";

/**
 * Agrees to the text of today, for whoever is signed in.
 *
 * @throws Conflict `changed_meanwhile` for another version than today's: what was read is not what would be
 *   agreed to; IdempotencyMismatch
 */
export async function giveConsent(
  db: Database,
  call: PersonCall,
  input: z.infer<typeof GiveConsentInput>,
): Promise<z.infer<typeof ConsentsOutput>> {
  const { purpose, textVersion } = input;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "privacy.giveConsent", input, ConsentsOutput, async () => {
      if (textVersion !== CONSENT_TEXTS[purpose]) {
        throw conflict(
          "person",
          "changed_meanwhile",
          "This text has changed since: read it again, please.",
          CONSENT_TEXTS[purpose],
        );
      }
      await recordConsent(tx, call, call.actor.id, purpose);
      return listConsents(tx, call);
    }),
  );
}
