import type { ReactNode } from "react";

/**
 * Text that the platform's own language data wrote: dates, prices, names of languages. A browser's data
 * may be a year older or newer than the server's; what the server wrote stays.
 */
export function Localized({ children }: { children: ReactNode }) {
  return <span suppressHydrationWarning>{children}</span>;
}
