import type { QuoteItem } from "@lectern/contract/quotes";
import type { QuoteStatus } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { StateBadge, type Tone } from "../../../office/state-badge.tsx";

const TONES = {
  draft: "neutral",
  sent: "waiting",
  accepted: "good",
  declined: "bad",
  expired: "over",
} as const satisfies Record<QuoteStatus, Tone>;

/** How a quote stands. What staff withdrew says so. */
export function QuoteBadge({ quote }: { quote: Pick<QuoteItem, "status" | "isWithdrawn"> }) {
  const t = useTranslations("officeEnquiries");
  const { status, isWithdrawn } = quote;
  return (
    <StateBadge tone={TONES[status]}>
      {t(isWithdrawn ? "quote_withdrawn" : `quote_${status}`)}
    </StateBadge>
  );
}
