import { createHash } from "node:crypto";

/** @returns SHA-256 of an address in lower case, in hexadecimal digits: as PostgreSQL makes it */
export function hashOfAddress(email: string): string {
  return createHash("sha256").update(email.toLowerCase()).digest("hex");
}
