import type { ReactNode } from "react";
import part from "virtual:words/pages";
import { MoreWords } from "./more-words.tsx";
import { wordsOf } from "./words.ts";

const words = wordsOf(part);

/** Gives the pages after the first one their words, which are not loaded before them. */
export function PageWords({ children }: { children: ReactNode }) {
  return <MoreWords words={words}>{children}</MoreWords>;
}
