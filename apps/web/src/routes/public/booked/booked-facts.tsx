import type { BookingDetail } from "@lectern/contract/bookings";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { formatMoney } from "../../../format/money.ts";

/** Who booked, for whose company, and what it costs. */
export function BookedFacts({ booking }: { booking: BookingDetail }) {
  const t = useTranslations("booked");
  const { status, booker, purchaseOrder, approver, origin, total } = booking;
  return (
    <dl className="booked-facts">
      <div>
        <dt className="label">{t("status")}</dt>
        <dd>{t(`status_${status}`)}</dd>
      </div>
      {booker === null ? null : (
        <div>
          <dt className="label">{t("bookedBy")}</dt>
          <dd>
            {booker.name}, {booker.email}
            {booker.company === null ? null : <>, {booker.company}</>}
          </dd>
        </div>
      )}
      {purchaseOrder === null ? null : (
        <div>
          <dt className="label">{t("purchaseOrder")}</dt>
          <dd>{purchaseOrder}</dd>
        </div>
      )}
      {approver === null ? null : (
        <div>
          <dt className="label">{t("approver")}</dt>
          <dd>
            {approver.name}, {approver.email}
          </dd>
        </div>
      )}
      {origin === null ? null : (
        <div>
          <dt className="label">{t("movedFrom")}</dt>
          <dd>
            <Link to="/bookings/$reference" params={{ reference: origin }} className="figures">
              {origin}
            </Link>
          </dd>
        </div>
      )}
      {total === null ? null : (
        <div>
          <dt className="label">{t("total")}</dt>
          <dd>
            <Localized>{formatMoney(total)}</Localized> {t("withoutTax")}
          </dd>
        </div>
      )}
    </dl>
  );
}
