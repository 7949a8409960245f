import type { ReactNode } from "react";
import { messages } from "./en-account.ts";
import { MoreWords } from "./more-words.tsx";

/** Gives the pages of accounts their words, which are not loaded before the first of them. */
export function AccountWords({ children }: { children: ReactNode }) {
  return <MoreWords messages={messages}>{children}</MoreWords>;
}
