import { join } from "node:path";
import { createAccessSecret } from "@lectern/auth/access-key";
import { createOperatorToken } from "@lectern/auth/operator-token";
import { loadOrCreateSecret } from "@lectern/auth/secret-file";
import type { Config } from "./config.ts";

/** Where the operator token is kept. */
export function operatorTokenPath(dataDirectory: string): string {
  return join(dataDirectory, "operator-token");
}

/**
 * The operator token and the secret behind booking keys: as configured, else made at the first start
 * and kept in files that only their owner can read.
 */
export async function loadSecrets(
  config: Config,
): Promise<{ operatorToken: string; accessSecret: string }> {
  const [operatorToken, accessSecret] = await Promise.all([
    config.operatorToken ??
      loadOrCreateSecret(operatorTokenPath(config.dataDirectory), createOperatorToken),
    config.accessSecret ??
      loadOrCreateSecret(join(config.dataDirectory, "access-secret"), createAccessSecret),
  ]);
  return { operatorToken, accessSecret };
}
