import { useState } from "react";
import { useTranslations } from "use-intl";
import { type BookingNow, type Place, livePlaces } from "../../../bookings/live-places.ts";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { ClaimLinkDialog } from "./claim-link-dialog.tsx";
import { LearnerDialog } from "./learner-dialog.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { PlaceRow, type PlaceAction } from "./place-row.tsx";
import "./place-list.css";

interface PlaceListProps {
  readonly booking: BookingNow;
  /** Nothing where it is their own: then they are signed in. */
  readonly accessKey: string | null;
  /** Called with the booking as it is now. */
  readonly onChanged: (changed: BookingNow) => void;
}

/** What is being done, and with which places at first. */
interface Doing {
  readonly action: PlaceAction;
  readonly places: readonly Place[];
}

/** The places of a booking, and what can be done with each and with all. */
export function PlaceList({ booking, accessKey, onChanged }: PlaceListProps) {
  const t = useTranslations("booked");
  const [doing, setDoing] = useState<Doing>();
  const [changes, setChanges] = useState(0);
  // Where the visitor goes on: what they pressed may be gone.
  const heading = useFocusOnChange<HTMLHeadingElement>(changes);
  const live = livePlaces(booking);
  const { status, run } = booking;
  const isAlive = status !== "expired" && status !== "cancelled" && live.length > 0;
  const canMove = isAlive && status === "confirmed";

  function changed(after: BookingNow): void {
    onChanged(after);
    setChanges((count) => count + 1);
  }
  const dialog = { booking, accessKey, onChanged: changed, onClose: () => setDoing(undefined) };

  function open() {
    if (doing === undefined) return null;
    const [place] = doing.places;
    switch (doing.action) {
      case "cancel":
        return <CancelDialog {...dialog} chosen={doing.places} />;
      case "move":
        return <MoveDialog {...dialog} chosen={doing.places} />;
      case "name":
        return place === undefined ? null : <LearnerDialog {...dialog} place={place} />;
      case "link":
        return place === undefined ? null : <ClaimLinkDialog {...dialog} place={place} />;
    }
  }
  return (
    <section className="place-list" aria-labelledby="places">
      <h2 id="places" ref={heading} tabIndex={-1}>
        {t("places")}
      </h2>
      <ol>
        {booking.registrations.map((place) => (
          <PlaceRow
            key={place.id}
            place={place}
            timeZone={run.timeZone}
            bookingStatus={status}
            isOnly={live.length === 1}
            onAction={(action) => setDoing({ action, places: [place] })}
          />
        ))}
      </ol>
      {isAlive ? (
        <p className="place-list-all">
          {canMove ? (
            <button type="button" onClick={() => setDoing({ action: "move", places: live })}>
              {t("moveAll")}
            </button>
          ) : null}
          <button
            type="button"
            className="place-list-cancel"
            onClick={() => setDoing({ action: "cancel", places: live })}
          >
            {t("cancelAll")}
          </button>
        </p>
      ) : null}
      {open()}
    </section>
  );
}
