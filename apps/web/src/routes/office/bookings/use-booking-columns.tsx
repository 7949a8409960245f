import type { BookingFound } from "@lectern/contract/booking-office";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { RunDays } from "../../../components/run-time.tsx";
import { formatInstant } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import type { OfficeColumn } from "../../../office/office-table.tsx";
import { BookingBadge, PaymentBadge } from "./booking-badges.tsx";
import "./office-bookings.css";

/** What is shown of each booking where several are listed. */
export function useBookingColumns({ isSorted = true } = {}): OfficeColumn<BookingFound>[] {
  const t = useTranslations("officeBookings");
  const tRun = useTranslations("run");
  return [
    {
      id: "reference",
      head: t("reference"),
      cell: ({ reference }) => <span className="figures">{reference}</span>,
      width: "8.5rem",
    },
    {
      id: "status",
      head: t("status"),
      cell: ({ status, paymentState }) => (
        <span className="office-bookings-two">
          <BookingBadge status={status} />
          {paymentState === "unpaid" ? null : <PaymentBadge state={paymentState} />}
        </span>
      ),
      width: "minmax(9rem, 1fr)",
    },
    {
      id: "booker",
      head: t("booker"),
      cell: ({ booker, organisation }) => (
        <span className="office-bookings-two">
          <span>{booker?.name ?? t("nobody")}</span>
          <span>{organisation?.name ?? booker?.company ?? booker?.email}</span>
        </span>
      ),
      width: "minmax(10rem, 1.6fr)",
    },
    {
      id: "run",
      head: t("run"),
      cell: ({ run }) => (
        <span className="office-bookings-two">
          <span>{run.course.title}</span>
          <span>
            <RunDays run={run} />, {run.venue?.city ?? tRun("online")}
          </span>
        </span>
      ),
      width: "minmax(12rem, 2fr)",
      ...(isSorted && { sort: "run" }),
    },
    {
      id: "places",
      head: t("places"),
      cell: ({ livePlaces, places }) =>
        livePlaces === places
          ? String(places)
          : t("placesLeft", { live: String(livePlaces), places: String(places) }),
      width: "5.5rem",
      isNumber: true,
    },
    {
      id: "total",
      head: t("total"),
      cell: ({ total, livePlaces }) =>
        total === null ? (
          livePlaces === 0 ? (
            ""
          ) : (
            t("onRequest")
          )
        ) : (
          <span className="office-bookings-total">
            <Localized>{formatMoney(total)}</Localized>
          </span>
        ),
      width: "minmax(7rem, 0.8fr)",
      isNumber: true,
    },
    {
      id: "created",
      head: t("made"),
      cell: ({ createdAt }) => <Localized>{formatInstant(createdAt)}</Localized>,
      width: "minmax(8rem, 0.9fr)",
      ...(isSorted && { sort: "created" }),
    },
  ];
}
