import type { ReactNode } from "react";
import part from "virtual:words/account";
import { MoreWords } from "./more-words.tsx";
import { wordsOf } from "./words.ts";

const words = wordsOf(part);

/** Gives the pages of accounts their words, which are not loaded before the first of them. */
export function AccountWords({ children }: { children: ReactNode }) {
  return <MoreWords words={words}>{children}</MoreWords>;
}
