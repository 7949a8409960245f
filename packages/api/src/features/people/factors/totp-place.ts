import type { FieldPlace } from "@lectern/auth/encryption/field-cipher";

/** Where the secret of somebody's app stands, while it is being set up as well. */
export function totpPlace(personId: string): FieldPlace {
  return { table: "totp_credential", column: "secret", id: personId };
}
