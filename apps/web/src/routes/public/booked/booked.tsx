import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { type BookingNow, livePlaces } from "../../../bookings/live-places.ts";
import { isQuoted, isQuotedHold } from "../../../bookings/quoted.ts";
import { SaveCalendar } from "../../../calendar/save-calendar.tsx";
import { LinkButton } from "../../../components/button.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { useApi } from "../../../data/api.ts";
import { langOf } from "../../../language/lang-of.ts";
import { Cancellation } from "../booking/cancellation.tsx";
import { RunFacts } from "../booking/run-panel.tsx";
import { BookingSteps } from "../booking/booking-steps.tsx";
import { BookedFacts } from "./booked-facts.tsx";
import { BookedState } from "./booked-state.tsx";
import { Choices } from "./choices.tsx";
import { PlaceList } from "./place-list.tsx";
import { PrivateLink } from "./private-link-button.tsx";
import "./booked.css";

interface BookedProps {
  readonly booking: BookingNow;
  /** Nothing where it is their own: then they are signed in. */
  readonly accessKey: string | null;
  /** When it was read, on this device's clock. */
  readonly readAt: number;
}

/** What was booked, where to keep it, and all that can be done with it. */
export function Booked({ booking, accessKey, readAt }: BookedProps) {
  const t = useTranslations("booked");
  const api = useApi();
  const queryClient = useQueryClient();
  const { reference, status, run } = booking;
  const [answers, setAnswers] = useState(0);
  const heading = useFocusOnChange<HTMLHeadingElement>(`${status} ${answers}`);
  const isConfirmed = status === "confirmed";
  const isOver = livePlaces(booking).length === 0 || status === "expired";
  const proof = { reference, accessKey };
  // Then a form stands here, which says the same.
  const isBeingConfirmed = accessKey !== null && isQuotedHold(booking);

  function show(changed: BookingNow): void {
    queryClient.setQueryData(api.bookings.byReference.queryKey(proof), changed);
    // What was cancelled or moved has no question open any more.
    void queryClient.invalidateQueries(api.registrations.choices.queryFilter(proof));
  }
  return (
    <div className="page booked">
      <header className="booked-head">
        {isConfirmed ? <BookingSteps current="done" /> : null}
        <h1 ref={heading} tabIndex={-1}>
          {run.status === "cancelled" && status === "cancelled"
            ? t("headingRunCancelled")
            : t(`heading_${status}`)}
        </h1>
        <p className="booked-course" lang={langOf(run.course.contentLanguage)}>
          <Link to="/courses/$slug" params={{ slug: run.course.slug }}>
            {run.course.title}
          </Link>
        </p>
      </header>
      <div className="booked-frame">
        <section className="booked-ticket" aria-label={t("reference")}>
          <div>
            <p className="label">{t("reference")}</p>
            <p className="booked-reference figures">{reference}</p>
            <p className="aside-note">{t("referenceWords")}</p>
          </div>
          <RunFacts run={run} isPriceLeftOut={isQuoted(booking)} />
          {isBeingConfirmed && booking.cancellationPolicy !== undefined ? (
            <Cancellation policy={booking.cancellationPolicy} />
          ) : null}
        </section>
        <div className="booked-details">
          <BookedState booking={booking} accessKey={accessKey} readAt={readAt} />
          <Choices
            booking={booking}
            accessKey={accessKey}
            onChosen={(after) => {
              show(after);
              setAnswers((count) => count + 1);
            }}
          />
          {isBeingConfirmed ? null : <BookedFacts booking={booking} />}
          <PlaceList booking={booking} accessKey={accessKey} onChanged={show} />
          {isOver ? (
            <p>
              <LinkButton to="/courses/$slug" params={{ slug: run.course.slug }} hash="dates">
                {t("otherDates")}
              </LinkButton>
            </p>
          ) : (
            <div className="booked-actions">
              {isConfirmed ? (
                <SaveCalendar
                  entry={{
                    id: reference,
                    run,
                    since: booking.confirmedAt ?? booking.createdAt,
                  }}
                  description={t("calendarDescription", { reference })}
                />
              ) : null}
              {accessKey === null ? null : (
                <PrivateLink reference={reference} accessKey={accessKey} />
              )}
            </div>
          )}
          <p>
            <Link to="/courses" className="onward">
              {t("next")}
            </Link>
          </p>
        </div>
      </div>
    </div>
  );
}
