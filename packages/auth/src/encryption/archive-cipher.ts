import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { FieldCipher, FieldPlace } from "./field-cipher.ts";

/**
 * Encrypts files that are kept for a while, AES-256-GCM. Each has a key of its own, which is kept in front
 * of it as a personal field is: encrypted with the academy's key of the day, and bound to its place. So a
 * change of keys needs no file to be read.
 *
 *     length of the encrypted key (2 bytes) | encrypted key | nonce | ciphertext | tag
 */

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 2;

/** @param place where the file will be kept */
export async function encryptArchive(
  fields: FieldCipher,
  place: FieldPlace,
  content: Uint8Array,
): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  const wrapped = Buffer.from(await fields.encrypt(place, key.toString("base64url")), "utf8");
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(wrapped.length);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  return Buffer.concat([
    length,
    wrapped,
    nonce,
    cipher.update(content),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** @throws Error for what was changed, cut off, moved, or encrypted with a key that is not there any more */
export async function decryptArchive(
  fields: FieldCipher,
  place: FieldPlace,
  stored: Uint8Array,
): Promise<Buffer> {
  const body = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const head = body.length < LENGTH_BYTES ? 0 : LENGTH_BYTES + body.readUInt16BE();
  if (head === 0 || body.length < head + NONCE_BYTES + TAG_BYTES) {
    throw new Error(`${place.table}.${place.column} holds no encrypted file`);
  }
  const key = await fields.decrypt(place, body.toString("utf8", LENGTH_BYTES, head));
  const nonce = body.subarray(head, head + NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(key, "base64url"), nonce, {
    authTagLength: TAG_BYTES,
  }).setAuthTag(body.subarray(body.length - TAG_BYTES));
  const content = decipher.update(body.subarray(head + NONCE_BYTES, body.length - TAG_BYTES));
  return Buffer.concat([content, decipher.final()]);
}
