import type { ReactNode } from "react";
import { messages } from "./en-booking.ts";
import { MoreWords } from "./more-words.tsx";

/** Gives the pages around a booking their words, which are not loaded before the first of them. */
export function BookingWords({ children }: { children: ReactNode }) {
  return <MoreWords messages={messages}>{children}</MoreWords>;
}
