import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Transaction } from "@lectern/database/transaction";
import type { Keyring } from "./keyring.ts";

/**
 * Encrypts personal fields, AES-256-GCM: `e1:<key>:<base64url of nonce, ciphertext and tag>`. Where a
 * value stands is authenticated along with it, so that one can't be moved to another row or column.
 *
 * Nonces are random: of one key, no more than 2^32 values are to be made (NIST SP 800-38D, 8.3), which at a
 * hundred a second takes over a year. `lectern keys rotate` begins the next.
 */
export interface FieldCipher {
  /** @throws WrongSecret */
  encrypt(place: FieldPlace, text: string): Promise<string>;
  /** @throws FieldUnreadable, WrongSecret */
  decrypt(place: FieldPlace, stored: string): Promise<string>;
  /**
   * Makes the key that everything is encrypted with once the transaction has committed. What is there
   * stays as it is until it is encrypted again: see `keys.rotate`.
   *
   * @returns its id
   */
  addKey(tx: Transaction): Promise<number>;
}

/** Where a value stands. */
export interface FieldPlace {
  readonly table: string;
  readonly column: string;
  /** The primary key of its row. */
  readonly id: string;
}

/** A value was changed, moved from elsewhere, or encrypted with a key that is not there any more. */
export class FieldUnreadable extends Error {
  override readonly name = "FieldUnreadable";

  constructor({ table, column, id }: FieldPlace, reason: string, options?: ErrorOptions) {
    super(`${table}.${column} of ${id} can't be decrypted: ${reason}`, options);
  }
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MARK = "e1:";
const FORM = /^e1:([1-9]\d{0,8}):([A-Za-z0-9_-]+)$/u;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** @returns the id of the key that a value is encrypted with; `undefined` for one that is not encrypted */
export function keyIdOf(stored: string): number | undefined {
  const id = FORM.exec(stored)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** No table and no column has a `|` in its name, so that no two places have this in common. */
function additionalData({ table, column, id }: FieldPlace): Buffer {
  // Callers may write an id in capitals; PostgreSQL does not.
  const written = UUID.test(id) ? id.toLowerCase() : id;
  return Buffer.from(`${table}|${column}|${written}`, "utf8");
}

/** @returns the cipher of an academy's keys */
export function fieldCipher(keyring: Keyring): FieldCipher {
  return {
    async encrypt(place, text) {
      const { id, key } = await keyring.active();
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(additionalData(place));
      const sealed = [nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
      return `${MARK}${id}:${Buffer.concat(sealed).toString("base64url")}`;
    },
    async decrypt(place, stored) {
      const [, id, encoded] = FORM.exec(stored) ?? [];
      if (id === undefined || encoded === undefined) {
        throw new FieldUnreadable(place, "it does not have the form of an encrypted value");
      }
      const key = await keyring.byId(Number(id));
      if (key === undefined) throw new FieldUnreadable(place, `there is no key ${id}`);
      try {
        return decipher(key, place, encoded);
      } catch (cause) {
        throw new FieldUnreadable(place, "it was changed, or moved from elsewhere", { cause });
      }
    },
    addKey: (tx) => keyring.add(tx),
  };
}

function decipher(key: Buffer, place: FieldPlace, encoded: string): string {
  const body = Buffer.from(encoded, "base64url");
  // The last character may have bits to spare: of all ways to write a value, one is right.
  if (body.toString("base64url") !== encoded) throw new Error("Not the encoding of its bytes");
  const cipher = createDecipheriv("aes-256-gcm", key, body.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(additionalData(place))
    .setAuthTag(body.subarray(-TAG_BYTES));
  const text = cipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES));
  return Buffer.concat([text, cipher.final()]).toString("utf8");
}

/** The same for a value that may not be there. */
export async function encryptOrNull(
  cipher: FieldCipher,
  place: FieldPlace,
  text: string | null | undefined,
): Promise<string | null> {
  return text == null ? null : cipher.encrypt(place, text);
}

/** The same for a value that may not be there. */
export async function decryptOrNull(
  cipher: FieldCipher,
  place: FieldPlace,
  stored: string | null,
): Promise<string | null> {
  return stored === null ? null : cipher.decrypt(place, stored);
}

/**
 * The same for a column that was not encrypted in earlier releases: what they wrote is read as it is,
 * until the next rotation of keys encrypts it.
 */
export async function decryptIfEncrypted(
  cipher: FieldCipher,
  place: FieldPlace,
  stored: string | null,
): Promise<string | null> {
  return stored?.startsWith(MARK) ? cipher.decrypt(place, stored) : stored;
}
