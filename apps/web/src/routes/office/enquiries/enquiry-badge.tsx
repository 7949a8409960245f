import type { EnquiryStatus } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { StateBadge, type Tone } from "../../../office/state-badge.tsx";

const TONES = {
  new: "waiting",
  in_progress: "neutral",
  quoted: "neutral",
  won: "good",
  lost: "over",
  spam: "over",
} as const satisfies Record<EnquiryStatus, Tone>;

/** How an enquiry stands. */
export function EnquiryBadge({ status }: { status: EnquiryStatus }) {
  const t = useTranslations("officeEnquiries");
  return <StateBadge tone={TONES[status]}>{t(`status_${status}`)}</StateBadge>;
}
