import type { BookingFound } from "@lectern/contract/booking-office";
import type { BookingStatus } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { StateBadge, type Tone } from "../../../office/state-badge.tsx";

type PaymentState = BookingFound["paymentState"];

const STATUS_TONES = {
  held: "neutral",
  awaiting_payment: "waiting",
  awaiting_approval: "waiting",
  confirmed: "good",
  cancelled: "over",
  expired: "over",
} as const satisfies Record<BookingStatus, Tone>;

const PAYMENT_TONES = {
  unpaid: "neutral",
  part_paid: "waiting",
  paid: "good",
  refunded: "over",
} as const satisfies Record<PaymentState, Tone>;

/** How a booking stands. */
export function BookingBadge({ status }: { status: BookingStatus }) {
  const t = useTranslations("officeBookings");
  return <StateBadge tone={STATUS_TONES[status]}>{t(`status_${status}`)}</StateBadge>;
}

/** Whether it is paid. */
export function PaymentBadge({ state }: { state: PaymentState }) {
  const t = useTranslations("officeBookings");
  return <StateBadge tone={PAYMENT_TONES[state]}>{t(`payment_${state}`)}</StateBadge>;
}
