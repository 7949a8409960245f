import type { BookingForStaff } from "@lectern/contract/booking-office";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { formatMoney } from "../../../format/money.ts";
import { countryName, languageName } from "../../../format/names.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { Facts, RecordSection } from "../../../office/record-page.tsx";

type Fact = readonly [name: string, value: ReactNode];

/** Who booked it, for whom, and how it came about. */
export function BookingSide({ booking }: { booking: BookingForStaff }) {
  const t = useTranslations("officeBookings");
  return (
    <>
      <RecordSection title={t("booker")}>
        <Facts facts={useBookerFacts(booking)} />
        {booking.note === null ? null : (
          <>
            <p className="label">{t("note")}</p>
            <p className="office-booking-note">{booking.note}</p>
          </>
        )}
      </RecordSection>
      <RecordSection title={t("about")}>
        <Facts facts={useFacts(booking)} />
      </RecordSection>
    </>
  );
}

function useBookerFacts(booking: BookingForStaff): Fact[] {
  const t = useTranslations("officeBookings");
  const may = useMay();
  const { booker, bookerId, organisation, language, purchaseOrder } = booking;
  if (booker === null) return [[t("name"), t("nobody")]];
  const facts: (Fact | false)[] = [
    [
      t("name"),
      bookerId !== null && may("people.read") ? (
        <OfficeLink key="name" href={`/office/people/${bookerId}`}>
          {booker.name}
        </OfficeLink>
      ) : (
        booker.name
      ),
    ],
    [
      t("email"),
      <a key="email" href={`mailto:${booker.email}`}>
        {booker.email}
      </a>,
    ],
    booker.phone !== null && [t("phone"), booker.phone],
    organisation !== null && [
      t("organisation"),
      may("organisations.read") ? (
        <OfficeLink key="organisation" href={`/office/organisations/${organisation.id}`}>
          {organisation.name}
        </OfficeLink>
      ) : (
        organisation.name
      ),
    ],
    booker.company !== null &&
      booker.company !== organisation?.name && [t("company"), booker.company],
    purchaseOrder !== null && [t("purchaseOrder"), purchaseOrder],
    [t("language"), <Localized key="language">{languageName(language)}</Localized>],
  ];
  return facts.filter((fact) => fact !== false);
}

function useFacts(booking: BookingForStaff): Fact[] {
  const t = useTranslations("officeBookings");
  const { run, total, discount, origin, approver, region } = booking;
  const at = (instant: string) => (
    <OfficeInstant key={instant} instant={instant} timeZone={run.timeZone} />
  );
  const facts: (Fact | false)[] = [
    total !== null && [
      t("total"),
      <Localized key="total">{t("withoutTax", { total: formatMoney(total) })}</Localized>,
    ],
    discount !== null && [
      t("discount"),
      <OfficeLink key="discount" href={`/office/discounts?code=${discount.id}`}>
        {discount.code}
      </OfficeLink>,
    ],
    region !== null && [t("region"), <Localized key="region">{countryName(region)}</Localized>],
    origin !== null && [
      t("origin"),
      <OfficeLink key="origin" href={`/office/bookings/${origin}`}>
        {origin}
      </OfficeLink>,
    ],
    approver !== null && [t("approver"), `${approver.name}, ${approver.email}`],
    [t("made"), at(booking.createdAt)],
    booking.expiresAt !== null &&
      booking.status !== "confirmed" &&
      booking.status !== "cancelled" && [t("expires"), at(booking.expiresAt)],
    booking.approvedAt !== null && [t("approvedAt"), at(booking.approvedAt)],
    booking.confirmedAt !== null && [t("confirmedAt"), at(booking.confirmedAt)],
    booking.cancelledAt !== null && [t("cancelledAt"), at(booking.cancelledAt)],
    booking.cancelledReason !== null && [t("reason"), booking.cancelledReason],
  ];
  return facts.filter((fact) => fact !== false);
}
