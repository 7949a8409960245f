import type { BookingForStaff } from "@lectern/contract/booking-office";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Place } from "../../../bookings/live-places.ts";
import { Localized } from "../../../components/localized.tsx";
import { formatMoney } from "../../../format/money.ts";
import { type Action, ActionsMenu } from "../../../office/actions-menu.tsx";
import { OfficeLink } from "../../../office/office-link.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { StateBadge, type Tone } from "../../../office/state-badge.tsx";
import { PriceTable } from "../../../prices/price-table.tsx";
import { ClaimLinkDialog } from "../../public/booked/claim-link-dialog.tsx";
import { LearnerDialog } from "../../public/booked/learner-dialog.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { useBookingChanged } from "./use-booking.ts";

const TONES = {
  reserved: "waiting",
  confirmed: "good",
  completed: "good",
  no_show: "bad",
  cancelled: "over",
  transferred: "over",
} as const satisfies Record<Place["status"], Tone>;

interface Open {
  readonly what: "learner" | "link" | "move" | "cancel";
  readonly place: Place;
}

/** The places of a booking: who comes, what each costs, and what can be done with it. */
export function PlacesTab({ booking }: { booking: BookingForStaff }) {
  const t = useTranslations("officeBookings");
  const [open, setOpen] = useState<Open>();
  const changed = useBookingChanged();
  const close = () => setOpen(undefined);
  const dialog = { booking, accessKey: null, onChanged: changed, onClose: close };
  const chosen = open === undefined ? [] : [open.place];
  return (
    <>
      <RecordSection title={t("tabPlaces")}>
        <ol className="office-booking-places">
          {booking.registrations.map((place) => (
            <PlaceRow key={place.id} booking={booking} place={place} onOpen={setOpen} />
          ))}
        </ol>
      </RecordSection>
      <PriceSection booking={booking} />
      {open?.what === "learner" ? <LearnerDialog {...dialog} place={open.place} /> : null}
      {open?.what === "link" ? <ClaimLinkDialog {...dialog} place={open.place} /> : null}
      {open?.what === "cancel" ? (
        <CancelDialog booking={booking} chosen={chosen} onClose={close} />
      ) : null}
      {open?.what === "move" ? (
        <MoveDialog booking={booking} chosen={chosen} onClose={close} />
      ) : null}
    </>
  );
}

interface PlaceRowProps {
  readonly booking: BookingForStaff;
  readonly place: Place;
  readonly onOpen: (open: Open) => void;
}

function PlaceRow({ booking, place, onOpen }: PlaceRowProps) {
  const t = useTranslations("officeBookings");
  const { can, status: ofBooking } = booking;
  const { position, learner, status, price, fee, successor } = place;
  const hasPlace = status === "reserved" || status === "confirmed";
  const isConfirmed = ofBooking === "confirmed" && status === "confirmed";
  const action = (what: Open["what"], words: string, isDangerous = false): Action => ({
    id: what,
    words,
    isDangerous,
    run: () => onOpen({ what, place }),
  });
  const actions: Action[] = [
    ...(can.change && hasPlace && ofBooking !== "held"
      ? [action("learner", t(learner === null ? "nameLearner" : "substitute"))]
      : []),
    ...(can.change && isConfirmed && learner === null ? [action("link", t("claimLink"))] : []),
    ...(can.change && isConfirmed ? [action("move", t("move"))] : []),
    ...(can.cancel && hasPlace ? [action("cancel", t("cancelPlace"), true)] : []),
  ];
  return (
    <li>
      <span className="office-booking-position figures">{position}</span>
      <span className="office-booking-who">
        <strong>{learner?.name ?? t("unnamed")}</strong>
        {learner === null ? null : <span>{learner.email}</span>}
        {successor === null ? null : (
          <OfficeLink href={`/office/bookings/${successor.reference}`}>
            {t("movedTo", { reference: successor.reference })}
          </OfficeLink>
        )}
      </span>
      <StateBadge tone={TONES[status]}>{t(`place_${status}`)}</StateBadge>
      <span className="office-booking-price figures">
        <Localized>{price === null ? t("onRequest") : formatMoney(price)}</Localized>
        {fee === null ? null : (
          <span>
            <Localized>{t("fee", { fee: formatMoney(fee) })}</Localized>
          </span>
        )}
      </span>
      <ActionsMenu label={t("ofPlace", { position: String(position) })} actions={actions} />
    </li>
  );
}

/** Why the places that there are cost what they do. */
function PriceSection({ booking }: { booking: BookingForStaff }) {
  const t = useTranslations("officeBookings");
  const { total, run } = booking;
  if (total === null) return null;
  const live = booking.registrations.filter(
    ({ status }) => status !== "cancelled" && status !== "transferred",
  );
  return (
    <RecordSection title={t("price")}>
      <PriceTable
        places={live.map(({ priceExplanation }) => priceExplanation)}
        total={total}
        timeZone={run.timeZone}
      />
    </RecordSection>
  );
}
