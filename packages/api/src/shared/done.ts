import type { Done } from "@lectern/contract/accounts";

/** The answer of what has nothing to tell but that it was done. */
export const DONE: Done = { done: true };
