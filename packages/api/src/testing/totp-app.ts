import type { Database } from "@lectern/database/queryable";
import { totpCredential } from "@lectern/database/schema/people";
import { eq } from "drizzle-orm";
import { createHmac } from "node:crypto";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function bytesOf(base32: string): Buffer {
  const bits = Array.from(base32, (letter) =>
    BASE32.indexOf(letter).toString(2).padStart(5, "0"),
  ).join("");
  return Buffer.from((bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/**
 * @param secret in base32, as somebody types it into an app
 * @param steps later than now, of half a minute each
 * @returns the six digits that the app shows then (RFC 4226, 5.3; RFC 6238, 4.2)
 */
export function codeFromApp(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** @returns six digits that the app shows neither now nor in the minutes around */
export function wrongCode(secret: string): string {
  const near = new Set(Array.from({ length: 21 }, (_, index) => codeFromApp(secret, index - 10)));
  const wrong = Array.from({ length: 22 }, (_, index) => String(index).padStart(6, "0"));
  return wrong.find((code) => !near.has(code)) ?? "000000";
}

/** As if no code of somebody's app had been taken for hours. */
export async function letStepsPass(db: Database, personId: string): Promise<void> {
  await db
    .update(totpCredential)
    .set({ lastStep: Math.floor(Date.now() / 30_000) - 1000 })
    .where(eq(totpCredential.personId, personId));
}
