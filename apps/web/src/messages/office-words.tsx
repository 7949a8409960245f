import type { ReactNode } from "react";
import { AccountWords } from "./account-words.tsx";
import { MoreWords } from "./more-words.tsx";
import { officeWords } from "./office-part.ts";

/**
 * Gives the back office its words, which are not loaded before the first of its pages. Failures and names of roles are
 * said as on the pages of accounts.
 */
export function OfficeWords({ children }: { children: ReactNode }) {
  return (
    <AccountWords>
      <MoreWords words={officeWords}>{children}</MoreWords>
    </AccountWords>
  );
}
