import type { Database } from "@lectern/database/queryable";
import { type FieldCipher, fieldCipher } from "./field-cipher.ts";
import { type KeyringOptions, createKeyring } from "./keyring.ts";

/**
 * The cipher of a process that starts. That its keys open shows here, and not to the first who needs one.
 *
 * @param secret the academy's: see `createAccessSecret`
 * @throws WrongSecret
 */
export async function openFieldCipher(
  db: Database,
  secret: string,
  options: KeyringOptions = {},
): Promise<FieldCipher> {
  const keyring = createKeyring(db, secret, options);
  await keyring.active();
  return fieldCipher(keyring);
}
