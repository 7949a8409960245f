import { join } from "node:path";
import { createAccessSecret } from "@lectern/auth/access-key";
import { createOperatorToken } from "@lectern/auth/operator-token";
import { loadOrCreateSecret } from "@lectern/auth/secret-file";
import type { Config } from "./config.ts";

/** Where the operator token is kept. */
export function operatorTokenPath(dataDirectory: string): string {
  return join(dataDirectory, "operator-token");
}

/** Where the secret is kept that booking keys are derived from. */
export function accessSecretPath(dataDirectory: string): string {
  return join(dataDirectory, "access-secret");
}

/**
 * The secret behind booking keys: as configured, else made at the first start and kept in a file that
 * only its owner can read.
 */
export async function loadAccessSecret(config: Config): Promise<string> {
  return (
    config.accessSecret ??
    (await loadOrCreateSecret(accessSecretPath(config.dataDirectory), createAccessSecret))
  );
}

/** That secret, and the operator token, which is kept in the same way. */
export async function loadSecrets(
  config: Config,
): Promise<{ operatorToken: string; accessSecret: string }> {
  const [operatorToken, accessSecret] = await Promise.all([
    config.operatorToken ??
      loadOrCreateSecret(operatorTokenPath(config.dataDirectory), createOperatorToken),
    loadAccessSecret(config),
  ]);
  return { operatorToken, accessSecret };
}
