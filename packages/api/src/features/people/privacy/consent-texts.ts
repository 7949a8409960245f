import type { ConsentPurpose } from "@lectern/contract/vocabulary";

/**
 * The versions of the texts that people agree to today, in one place. A text that changes gets a new
 * version: who agreed to the one before is asked again, and what they agreed to stays on record.
 */
export const CONSENT_TEXTS: Readonly<Record<ConsentPurpose, string>> = {
  terms: "2027-01",
  privacy: "2027-01",
  newsletter: "2027-01",
  analytics: "2027-01",
};

/**
 * What an account can't be without: the contract, and that its owner knows what is kept. Whoever takes
 * these back has the account erased.
 */
export const LASTING_PURPOSES: readonly ConsentPurpose[] = ["terms", "privacy"];
