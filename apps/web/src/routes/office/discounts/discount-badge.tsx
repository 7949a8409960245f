import type { DiscountState } from "@lectern/contract/discounts";
import { useTranslations } from "use-intl";
import { StateBadge, type Tone } from "../../../office/state-badge.tsx";

const TONES = {
  usable: "good",
  not_yet: "waiting",
  over: "over",
  used_up: "over",
  inactive: "over",
} as const satisfies Record<DiscountState, Tone>;

/** How a code stands for whoever types it in now. */
export function DiscountBadge({ state }: { state: DiscountState }) {
  const t = useTranslations("officeDiscounts");
  return <StateBadge tone={TONES[state]}>{t(`state_${state}`)}</StateBadge>;
}
