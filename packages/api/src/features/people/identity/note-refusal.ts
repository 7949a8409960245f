import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { NOBODY } from "../accounts/sign-in.ts";
import type { RefusalReason } from "./refusals.ts";

export interface Refusal {
  readonly providerId: string;
  /** Where it is known who tried. */
  readonly personId?: string;
  readonly reason: RefusalReason;
  /** A code that says more. */
  readonly detail?: string;
}

/** Writes down that somebody came back from a provider and was not let in: what they are not told. */
export async function noteRefusal(
  db: Database,
  call: Call,
  { providerId, personId = NOBODY, reason, detail }: Refusal,
): Promise<void> {
  await transaction(db, {}, (tx) =>
    recordAudit(tx, call, {
      action: "person.sign_in_failed",
      entity: "person",
      entityId: personId,
      before: null,
      after: { method: "openid", providerId, reason, ...(detail !== undefined && { detail }) },
    }),
  );
}
