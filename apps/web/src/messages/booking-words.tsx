import type { ReactNode } from "react";
import part from "virtual:words/booking";
import { MoreWords } from "./more-words.tsx";
import { wordsOf } from "./words.ts";

const words = wordsOf(part);

/** Gives the pages around a booking their words, which are not loaded before the first of them. */
export function BookingWords({ children }: { children: ReactNode }) {
  return <MoreWords words={words}>{children}</MoreWords>;
}
