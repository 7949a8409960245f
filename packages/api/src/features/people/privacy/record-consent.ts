import type { ConsentPurpose } from "@lectern/contract/vocabulary";
import { consent } from "@lectern/database/schema/privacy";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { CONSENT_TEXTS } from "./consent-texts.ts";

/**
 * Writes down that somebody agrees to the text of today, with where the call came from as proof. Who has
 * agreed to it already has agreed once; an agreement to an older text ends as the new one begins.
 *
 * @returns whether they had not agreed to this text before
 */
export async function recordConsent(
  tx: Transaction,
  call: Call,
  personId: string,
  purpose: ConsentPurpose,
): Promise<boolean> {
  const textVersion = CONSENT_TEXTS[purpose];
  await tx
    .update(consent)
    .set({ withdrawnAt: sql`clock_timestamp()` })
    .where(and(isOpen(personId, purpose), ne(consent.textVersion, textVersion)));
  const [given] = await tx
    .insert(consent)
    .values({
      id: uuidv7(),
      personId,
      purpose,
      textVersion,
      address: call.origin.address,
      client: call.origin.client,
    })
    .onConflictDoNothing()
    .returning({ id: consent.id });
  if (given === undefined) return false;
  await recordAudit(tx, call, {
    action: "consent.give",
    entity: "person",
    entityId: personId,
    before: null,
    after: { purpose, textVersion },
  });
  return true;
}

/** Of a consent: it is this person's, for this purpose, and not taken back. */
export function isOpen(personId: string, purpose: ConsentPurpose) {
  return and(
    eq(consent.personId, personId),
    eq(consent.purpose, purpose),
    isNull(consent.withdrawnAt),
  );
}
