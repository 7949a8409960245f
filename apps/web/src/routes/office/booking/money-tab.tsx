import type {
  BookingChange,
  BookingForStaff,
  BookingPayment,
} from "@lectern/contract/booking-office";
import type { PaymentOutcome } from "@lectern/contract/vocabulary";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { formatMoney } from "../../../format/money.ts";
import { formatShare } from "../../../format/shares.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { StateBadge, type Tone } from "../../../office/state-badge.tsx";
import { PaymentForm } from "./payment-form.tsx";
import { ResolveDialog } from "./resolve-dialog.tsx";

const TONES = {
  applied: "good",
  late: "bad",
  refund_due: "waiting",
  refunded: "over",
} as const satisfies Record<PaymentOutcome, Tone>;

/** Money for a booking: what came in, what became of it, and what its changes cost. */
export function MoneyTab({ booking }: { booking: BookingForStaff }) {
  const t = useTranslations("officeBookings");
  return (
    <>
      <RecordSection title={t("payments")}>
        {booking.payments.length === 0 ? (
          <p>{t("paymentsNone")}</p>
        ) : (
          <ul className="office-booking-payments">
            {booking.payments.map((payment) => (
              <PaymentRow key={payment.id} booking={booking} payment={payment} />
            ))}
          </ul>
        )}
      </RecordSection>
      {booking.can.recordPayment ? (
        <RecordSection title={t("record")}>
          <PaymentForm booking={booking} />
        </RecordSection>
      ) : null}
      {booking.changes.length === 0 ? null : (
        <RecordSection title={t("changes")}>
          <ol className="office-booking-changes">
            {booking.changes.map((change) => (
              <ChangeRow
                key={`${change.registrationId} ${change.at}`}
                booking={booking}
                change={change}
              />
            ))}
          </ol>
        </RecordSection>
      )}
    </>
  );
}

interface PaymentRowProps {
  readonly booking: BookingForStaff;
  readonly payment: BookingPayment;
}

function PaymentRow({ booking, payment }: PaymentRowProps) {
  const t = useTranslations("officeBookings");
  const [isOpen, setIsOpen] = useState(false);
  const { outcome, amount, paymentReference, receivedAt, resolution } = payment;
  const isUndecided = outcome === "late" || outcome === "refund_due";
  return (
    <li>
      <span className="office-booking-who">
        <strong>{paymentReference}</strong>
        <OfficeInstant instant={receivedAt} timeZone={booking.run.timeZone} />
        {resolution === null ? null : <span>{resolution}</span>}
      </span>
      <StateBadge tone={TONES[outcome]}>{t(`outcome_${outcome}`)}</StateBadge>
      <strong className="figures">
        <Localized>{formatMoney(amount)}</Localized>
      </strong>
      {isUndecided && booking.can.recordPayment ? (
        <Button variant="outline" size="small" onClick={() => setIsOpen(true)}>
          {t("decide")}
        </Button>
      ) : null}
      {isOpen ? <ResolveDialog payment={payment} onClose={() => setIsOpen(false)} /> : null}
    </li>
  );
}

/** One change, in a sentence, with what it cost and by which tier of the policy. */
function ChangeRow({ booking, change }: { booking: BookingForStaff; change: BookingChange }) {
  const t = useTranslations("officeBookings");
  const { kind, fee, refund, difference, noticeDays, feeBasisPoints, reason } = change;
  const position = booking.registrations.find(({ id }) => id === change.registrationId)?.position;
  const money = [
    fee === null ? undefined : t("changeFee", { fee: formatMoney(fee) }),
    refund === null || refund.amount === 0
      ? undefined
      : t("changeRefund", { refund: formatMoney(refund) }),
    difference === null || difference.amount === 0
      ? undefined
      : t("changeDifference", { difference: formatMoney(difference) }),
    noticeDays === null || feeBasisPoints === null
      ? undefined
      : t("changeTier", {
          days: Math.max(0, noticeDays),
          percent: formatShare(feeBasisPoints),
        }),
  ].filter((part) => part !== undefined);
  return (
    <li>
      <OfficeInstant instant={change.at} timeZone={booking.run.timeZone} />
      <p>
        {t(`change_${kind}`, {
          position: String(position ?? ""),
          who: t(`by_${change.decidedBy}`),
        })}
        {reason === null ? null : <> {t("because", { reason })}</>}
      </p>
      {kind === "substitution" || money.length === 0 ? null : (
        <p className="aside-note">
          <Localized>{money.join(" · ")}</Localized>
        </p>
      )}
    </li>
  );
}
