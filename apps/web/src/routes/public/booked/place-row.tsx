import type { BookingDetail } from "@lectern/contract/bookings";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { type Place, livePlaces } from "../../../bookings/live-places.ts";
import { Localized } from "../../../components/localized.tsx";
import { formatMoney } from "../../../format/money.ts";
import { PriceTable } from "../../../prices/price-table.tsx";
import "./place-row.css";

/** What can be done with a place. */
export type PlaceAction = "name" | "link" | "move" | "cancel";

interface PlaceRowProps {
  readonly place: Place;
  /** Of the run. */
  readonly timeZone: string;
  readonly bookingStatus: BookingDetail["status"];
  /** Whether the booking has no other place: then what can be done with all says it once. */
  readonly isOnly: boolean;
  readonly onAction: (action: PlaceAction) => void;
}

/** One place: whose it is, what it costs and why, and what can be done with it. */
export function PlaceRow({ place, timeZone, bookingStatus, isOnly, onAction }: PlaceRowProps) {
  const t = useTranslations("booked");
  const tPrices = useTranslations("prices");
  const { position, learner, price, priceExplanation } = place;
  const isLive = livePlaces({ registrations: [place] }).length > 0 && bookingStatus !== "expired";
  const actions = isLive ? actionsOf(place, bookingStatus, isOnly) : [];
  const words = {
    name: t(learner === null ? "name" : "change"),
    link: t("claimLink"),
    move: t("move"),
    cancel: t("cancelOne"),
  } satisfies Record<PlaceAction, string>;
  return (
    <li className="place-row" data-over={!isLive || undefined}>
      <p className="place-row-number label">{t("place", { position })}</p>
      {price === null ? null : (
        <p className="place-row-price figures">
          <Localized>{formatMoney(price)}</Localized>
        </p>
      )}
      <div className="place-row-who">
        <p>{learner === null ? t("unnamed") : `${learner.name}, ${learner.email}`}</p>
        <PlaceState place={place} />
      </div>
      {price !== null && priceExplanation.length > 0 ? (
        <details className="place-row-why">
          <summary>{tPrices("why")}</summary>
          <PriceTable places={[priceExplanation]} total={price} timeZone={timeZone} />
        </details>
      ) : null}
      {actions.length === 0 ? null : (
        <p className="place-row-actions">
          {actions.map((action) => (
            <button
              key={action}
              type="button"
              aria-label={isOnly ? undefined : t("ofPlace", { action: words[action], position })}
              onClick={() => onAction(action)}
            >
              {words[action]}
            </button>
          ))}
        </p>
      )}
    </li>
  );
}

function actionsOf(
  { learner }: Place,
  status: BookingDetail["status"],
  isOnly: boolean,
): PlaceAction[] {
  // Before it is confirmed, whoever goes on with it says who comes.
  if (status === "held") return isOnly ? [] : ["cancel"];
  const isConfirmed = status === "confirmed";
  return [
    "name",
    ...(learner === null && isConfirmed ? (["link"] as const) : []),
    ...(isConfirmed && !isOnly ? (["move"] as const) : []),
    ...(isOnly ? [] : (["cancel"] as const)),
  ];
}

/** What became of a place, and where it went. */
function PlaceState({ place: { status, fee, successor } }: { place: Place }) {
  const t = useTranslations("booked");
  if (status === "reserved" || status === "confirmed") return null;
  return (
    <p className="facts">
      {successor === null ? (
        <span>{t(`state_${status}`)}</span>
      ) : (
        <span>
          {t("movedTo")}{" "}
          <Link
            to="/bookings/$reference"
            params={{ reference: successor.reference }}
            className="figures"
          >
            {successor.reference}
          </Link>
        </span>
      )}
      {fee === null || fee.amount === 0 ? null : (
        <Localized>{t("fee", { fee: formatMoney(fee) })}</Localized>
      )}
    </p>
  );
}
