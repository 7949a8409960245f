import type { BookingDetail } from "@lectern/contract/bookings";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { formatMoney } from "../../../format/money.ts";
import { formatTimeLeft } from "../../../time-left/time-left.ts";
import { useTimeLeft } from "../../../time-left/use-time-left.ts";
import "./hold-bar.css";

interface HoldBarProps {
  readonly booking: BookingDetail;
  /** When the hold lapses, on this device's clock. */
  readonly deadline: number;
  readonly isGivingBack: boolean;
  readonly onGiveBack: () => void;
  readonly onEnd: () => void;
}

/** What is set aside, and for how long. Who listens hears the minutes, not the seconds. */
export function HoldBar(props: HoldBarProps) {
  const { booking, deadline, isGivingBack, onGiveBack, onEnd } = props;
  const t = useTranslations("booking");
  const tPrices = useTranslations("prices");
  const seconds = useTimeLeft(deadline, onEnd);
  const minutes = Math.floor(seconds / 60);
  const { places, total } = booking;
  return (
    <section className="hold-bar" aria-label={t("heldFor")}>
      <p className="hold-bar-what">
        <strong>{t("places", { count: places })}</strong>
        {total === null ? null : (
          <span className="hold-bar-total">
            <Localized>{formatMoney(total)}</Localized> {tPrices("withoutTax")}
          </span>
        )}
      </p>
      <p className="hold-bar-clock" aria-hidden="true">
        <span className="label">{t("heldFor")}</span>
        <span className="hold-bar-time figures">{formatTimeLeft(seconds)}</span>
      </p>
      <p className="visually-hidden" role="timer" aria-live="polite" aria-atomic="true">
        {minutes === 0 ? t("timeLeftSeconds") : t("timeLeft", { minutes })}
      </p>
      <Button variant="outline" size="small" isBusy={isGivingBack} onClick={onGiveBack}>
        {t(isGivingBack ? "givingBack" : "giveBack")}
      </Button>
    </section>
  );
}
