import type { AccessKeys } from "@lectern/auth/access-key";
import type { Actor } from "@lectern/auth/actor";
import type { FieldCipher } from "@lectern/auth/encryption/field-cipher";

/** From where a call comes, for the audit log. */
export interface Origin {
  /** Address of the caller; `null` for Lectern's own jobs. */
  readonly address: string | null;
  /** What the caller's program calls itself. */
  readonly client: string | null;
}

/** What a use case knows of the call that it serves: who, from where, and which request. */
export interface Call {
  readonly actor: Actor;
  readonly origin: Origin;
  /** Names the request in logs, audit entries and errors. */
  readonly requestId: string;
  readonly accessKeys: AccessKeys;
  /** What the caller reads best, where they say so (`Accept-Language`): `null` otherwise. */
  readonly language: string | null;
  /** Encrypts and decrypts personal fields. */
  readonly fields: FieldCipher;
  /**
   * Tells whoever watches a run that its places or its queue have changed. Called once the transaction
   * has committed: what watchers read then is what they should see.
   */
  readonly changed: (runId: string) => void;
}
