import type { BookingForStaff } from "@lectern/contract/booking-office";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { livePlaces } from "../../../bookings/live-places.ts";
import { Button } from "../../../components/button.tsx";
import { BookingWords } from "../../../messages/booking-words.tsx";
import type { Action } from "../../../office/actions-menu.tsx";
import { useCommands } from "../../../office/commands.tsx";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeTime } from "../../../office/office-time.tsx";
import { RecordPage, type RecordTab } from "../../../office/record-page.tsx";
import { BookingBadge, PaymentBadge } from "../bookings/booking-badges.tsx";
import { BookingSide } from "./booking-side.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { MailsTab } from "./mails-tab.tsx";
import { MoneyTab } from "./money-tab.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import { PlacesTab } from "./places-tab.tsx";
import { RefuseDialog } from "./refuse-dialog.tsx";
import { useApproval } from "./use-approval.ts";
import { useBooking } from "./use-booking.ts";
import { useResend } from "./use-resend.ts";
import "./office-booking.css";

/** One booking: for whom it is, how it stands, and all that can be done with it. */
export function OfficeBookingPage() {
  const { reference } = useParams({ from: "/office/bookings/$reference" });
  return (
    <BookingWords>
      {/* Another booking is another page, though its address begins alike. */}
      <One key={reference} reference={reference} />
    </BookingWords>
  );
}

function One({ reference }: { reference: string }) {
  return (
    <Loaded query={useBooking(reference)}>{(booking) => <Booking booking={booking} />}</Loaded>
  );
}

type Open = "cancel" | "move" | "refuse";

function Booking({ booking }: { booking: BookingForStaff }) {
  const t = useTranslations("officeBookings");
  const [open, setOpen] = useState<Open>();
  const { reference, status, can } = booking;
  const { approve, isApproving } = useApproval(reference);
  const resend = useResend(reference);
  const live = livePlaces(booking);
  const menu: Action[] = [
    ...(can.resend
      ? [
          {
            id: "resend",
            words: t(status === "confirmed" ? "resendConfirmation" : "resendApproval"),
            run: resend,
          },
        ]
      : []),
    ...(can.change && status === "confirmed"
      ? [{ id: "move", words: t("moveAll"), run: () => setOpen("move") }]
      : []),
    ...(can.cancel
      ? [
          {
            id: "cancel",
            words: t("cancelAll"),
            isDangerous: true,
            run: () => setOpen("cancel"),
          },
        ]
      : []),
  ];
  useCommands(menu);
  const close = () => setOpen(undefined);
  return (
    <>
      <RecordPage
        title={<span className="figures">{reference}</span>}
        back={{ href: "/office/bookings", words: t("toList") }}
        badge={
          <>
            <BookingBadge status={status} />
            <PaymentBadge state={booking.paymentState} />
          </>
        }
        facts={<Head booking={booking} />}
        actions={
          can.approve ? (
            <>
              <Button isBusy={isApproving} onClick={approve}>
                {t("approve")}
              </Button>
              <Button variant="outline" onClick={() => setOpen("refuse")}>
                {t("refuse")}
              </Button>
            </>
          ) : undefined
        }
        menu={menu}
        tabs={useTabs(booking)}
        side={<BookingSide booking={booking} />}
      />
      {open === "cancel" ? <CancelDialog booking={booking} chosen={live} onClose={close} /> : null}
      {open === "move" ? <MoveDialog booking={booking} chosen={live} onClose={close} /> : null}
      {open === "refuse" ? <RefuseDialog reference={reference} onClose={close} /> : null}
    </>
  );
}

function useTabs(booking: BookingForStaff): RecordTab[] {
  const t = useTranslations("officeBookings");
  const late = booking.payments.filter(({ outcome }) => outcome === "late").length;
  const tabs: (RecordTab | false)[] = [
    {
      id: "places",
      words: t("tabPlaces"),
      count: livePlaces(booking).length,
      content: () => <PlacesTab booking={booking} />,
    },
    {
      id: "money",
      words: t("tabMoney"),
      ...(late > 0 && { count: late }),
      content: () => <MoneyTab booking={booking} />,
    },
    booking.can.readMails && {
      id: "mails",
      words: t("tabMails"),
      content: () => <MailsTab booking={booking} />,
    },
    { id: "history", words: t("tabHistory"), content: () => <HistoryTab booking={booking} /> },
  ];
  return tabs.filter((tab) => tab !== false);
}

function Head({ booking: { run, booker, organisation } }: { booking: BookingForStaff }) {
  const t = useTranslations("officeBookings");
  const tRun = useTranslations("run");
  return (
    <>
      <OfficeLink href={`/office/runs/${run.id}`}>{run.course.title}</OfficeLink>
      <OfficeTime when={run} />
      <span>{run.venue === null ? tRun("online") : `${run.venue.name}, ${run.venue.city}`}</span>
      <span>{organisation?.name ?? booker?.name ?? t("nobody")}</span>
      {run.status === "cancelled" ? <strong>{t("runCancelled")}</strong> : null}
    </>
  );
}
