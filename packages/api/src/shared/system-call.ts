import type { AccessKeys } from "@lectern/auth/access-key";
import type { FieldCipher } from "@lectern/auth/encryption/field-cipher";
import type { Call } from "../call.ts";

/** What a job's call is made from. */
export interface SystemCallParts {
  readonly accessKeys: AccessKeys;
  readonly fields: FieldCipher;
  readonly changed: (runId: string) => void;
}

/**
 * The call of a job of Lectern's own, which may do everything: what it changes is in the audit log as the
 * worker's.
 *
 * @param jobId names it in logs and audit entries, as a request's id does otherwise
 */
export function systemCall({ accessKeys, fields, changed }: SystemCallParts, jobId: string): Call {
  return {
    actor: { kind: "system", id: "worker" },
    origin: { address: null, client: "lectern-worker" },
    requestId: jobId,
    accessKeys,
    language: null,
    fields,
    changed,
  };
}
