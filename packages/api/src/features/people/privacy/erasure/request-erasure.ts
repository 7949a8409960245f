import { PrivacyRequest } from "@lectern/contract/privacy";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { notFound } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { type KeyedRequest, onceOnly } from "../../../../shared/once-only.ts";
import { tell } from "../../../notifications/tell.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { makeRequest } from "../make-request.ts";
import { readPrivacyRequest } from "../requests.ts";
import { findSubject } from "../subject.ts";
import { findObstacle } from "./obstacles.ts";

/** So long whoever asked can think better of it, and whoever did not ask can hear of it. */
const GRACE_DAYS = 14;

/**
 * Asks for the erasure of whoever is signed in: it is done after a time in which it can be withdrawn.
 *
 * @throws Conflict `wrong_state` while there are bookings or sessions to come, and `last_one` for the last
 *   administrator; `already_exists`; IdempotencyMismatch
 */
export async function requestErasure(
  db: Database,
  call: PersonCall,
  input: KeyedRequest,
): Promise<PrivacyRequest> {
  const personId = call.actor.id;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "privacy.requestErasure", input, PrivacyRequest, async () => {
      const subject = await findSubject(tx, personId);
      if (subject === undefined) throw notFound("person", personId);
      const obstacle = await findObstacle(tx, subject);
      if (obstacle !== undefined) throw obstacle.error;
      const requestId = await makeRequest(tx, "erasure", personId, GRACE_DAYS);
      await recordAudit(tx, call, {
        action: "privacy_request.ask_erasure",
        entity: "privacy_request",
        entityId: requestId,
        before: null,
        after: {},
      });
      await tell(tx, "erasure_asked", requestId);
      return readPrivacyRequest(tx, call, requestId);
    }),
  );
}
