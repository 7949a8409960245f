import { countAttempt } from "@lectern/auth/throttle";
import { PrivacyRequest } from "@lectern/contract/privacy";
import type { Database } from "@lectern/database/queryable";
import { transaction } from "@lectern/database/transaction";
import { enqueue } from "@lectern/jobs/queue";
import { recordAudit } from "../../../../shared/audit.ts";
import { type KeyedRequest, onceOnly } from "../../../../shared/once-only.ts";
import { rateLimited } from "../../accounts/password-rules.ts";
import type { PersonCall } from "../../accounts/person-call.ts";
import { makeRequest } from "../make-request.ts";
import { exportQueue } from "../privacy-queues.ts";
import { readPrivacyRequest } from "../requests.ts";

/** Putting one together is work: a few a day will do. */
const RATE = { burst: 5, everySeconds: 4 * 3600 };

/**
 * Asks for a copy of everything that is kept about whoever is signed in. They get a mail when it is there.
 *
 * @throws Conflict `already_exists` while one is being put together, RateLimited, IdempotencyMismatch
 */
export async function requestExport(
  db: Database,
  call: PersonCall,
  input: KeyedRequest,
): Promise<PrivacyRequest> {
  const personId = call.actor.id;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "privacy.requestExport", input, PrivacyRequest, async () => {
      const wait = await countAttempt(tx, {
        name: "export.person",
        subject: personId,
        rate: RATE,
      });
      if (wait > 0) throw rateLimited(wait);
      const requestId = await makeRequest(tx, "export", personId, 0);
      await enqueue(tx, exportQueue, { requestId });
      await recordAudit(tx, call, {
        action: "privacy_request.ask_export",
        entity: "privacy_request",
        entityId: requestId,
        before: null,
        after: {},
      });
      return readPrivacyRequest(tx, call, requestId);
    }),
  );
}
