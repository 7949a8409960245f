import { randomBytes } from "node:crypto";
import type { Keyring } from "./keyring.ts";

/** A keyring of one key that is kept nowhere: for tests and measurements, which need no database for it. */
export function fixedKeyring(): Keyring {
  const key = randomBytes(32);
  const only = { id: 1, key };
  return {
    active: () => Promise.resolve(only),
    byId: (id) => Promise.resolve(id === only.id ? key : undefined),
    add: () => Promise.reject(new Error("This keyring has one key for good")),
  };
}
