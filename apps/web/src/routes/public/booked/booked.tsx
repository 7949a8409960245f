import type { BookingDetail } from "@lectern/contract/bookings";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { LinkButton } from "../../../components/button.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { Localized } from "../../../components/localized.tsx";
import { formatMoney } from "../../../format/money.ts";
import { RunFacts } from "../booking/run-panel.tsx";
import { BookingSteps } from "../booking/booking-steps.tsx";
import { CalendarButton } from "./calendar-button.tsx";
import { CancelBooking } from "./cancel-booking.tsx";
import { PrivateLink } from "./private-link-button.tsx";
import "./booked.css";

/** What was booked, where to keep it, and how to give it back. */
export function Booked({ booking, accessKey }: { booking: BookingDetail; accessKey: string }) {
  const t = useTranslations("booking");
  const { reference, status, run, booker, registrations } = booking;
  const heading = useFocusOnChange<HTMLHeadingElement>(status);
  const isConfirmed = status === "confirmed";
  const isOver = status === "cancelled" || status === "expired";
  return (
    <div className="page booked">
      <header className="booked-head">
        {isConfirmed ? <BookingSteps current="done" /> : null}
        <h1 ref={heading} tabIndex={-1}>
          {t(
            isConfirmed
              ? "confirmedHeading"
              : status === "cancelled"
                ? "cancelledHeading"
                : "otherHeading",
          )}
        </h1>
        <p className="booked-course">
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
          <RunFacts run={run} />
        </section>
        <div className="booked-details">
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
                </dd>
              </div>
            )}
            <div>
              <dt className="label">{t("places", { count: booking.places })}</dt>
              <dd>
                <ol>
                  {registrations.map(({ id, learner }) => (
                    <li key={id}>
                      {learner === null ? t("unnamed") : `${learner.name}, ${learner.email}`}
                    </li>
                  ))}
                </ol>
              </dd>
            </div>
            {booking.total === null ? null : (
              <div>
                <dt className="label">{t("total")}</dt>
                <dd>
                  <Localized>{formatMoney(booking.total)}</Localized> {t("totalNote")}
                </dd>
              </div>
            )}
          </dl>
          {isOver ? (
            <p>
              <LinkButton to="/courses/$slug" params={{ slug: run.course.slug }} hash="dates">
                {t("otherDates")}
              </LinkButton>
            </p>
          ) : (
            <div className="booked-actions">
              <CalendarButton booking={booking} />
              <PrivateLink reference={reference} accessKey={accessKey} />
              <CancelBooking booking={booking} accessKey={accessKey} />
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
