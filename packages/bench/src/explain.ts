import { LedgerViolated } from "./academy/ledger.ts";

/** @returns the chain of causes, from what was tried to what went wrong, for people */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return `${error.message}: ${explain(error.cause)}`;
  return error instanceof LedgerViolated ? error.message : (error.stack ?? error.message);
}
