import type { BookingForStaff } from "@lectern/contract/booking-office";
import type { MailSummary } from "@lectern/contract/mail";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { StateBadge, type Tone } from "../../../office/state-badge.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { MoreButton } from "../run/more-button.tsx";
import { useBookingChanged } from "./use-booking.ts";
import { useResend } from "./use-resend.ts";

const TONES = { queued: "waiting", sent: "good", failed: "bad" } as const satisfies Record<
  MailSummary["state"],
  Tone
>;
const AGAIN_MS = 5000;

/** Mails about a booking and its places: to whom, and what became of them. */
export function MailsTab({ booking }: { booking: BookingForStaff }) {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const { reference, can, status } = booking;
  const resend = useResend(reference);
  const list = useInfiniteQuery(
    api.bookings.mails.infiniteQueryOptions(
      { reference, limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor, refetchInterval: AGAIN_MS },
    ),
  );
  return (
    <RecordSection
      title={t("tabMails")}
      actions={
        can.resend ? (
          <Button variant="outline" size="small" onClick={resend}>
            {t(status === "confirmed" ? "resendConfirmation" : "resendApproval")}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={list}>
        {({ pages }) => {
          const mails = pages.flatMap((page) => page.items);
          return (
            <>
              {mails.length === 0 ? <p>{t("mailsNone")}</p> : null}
              <ul className="office-booking-mails">
                {mails.map((mail) => (
                  <MailRow key={mail.id} mail={mail} timeZone={booking.run.timeZone} />
                ))}
              </ul>
              <MoreButton list={list} />
            </>
          );
        }}
      </Loaded>
    </RecordSection>
  );
}

/** A mail that failed can be tried again, as it was written, by who looks after the jobs. */
function MailRow({ mail, timeZone }: { mail: MailSummary; timeZone: string }) {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const may = useMay();
  const undo = useUndo();
  const words = useAccountWords();
  const changed = useBookingChanged();
  const trying = useCall(api.mail.resend.mutationOptions());
  const { id, state, subject, recipient, createdAt, sentAt, lastError } = mail;
  function retry(): void {
    trying.mutate(
      { id, idempotencyKey: trying.keyOf({ id }) },
      {
        onSuccess: () => {
          undo.say(t("mailAgain"));
          changed();
        },
        onError: (error) => undo.alert(words(error)),
      },
    );
  }
  return (
    <li>
      <span className="office-booking-who">
        <strong>{subject}</strong>
        <span>{t("mailTo", { name: recipient.name, email: recipient.email })}</span>
        <OfficeInstant instant={sentAt ?? createdAt} timeZone={timeZone} />
        {state === "failed" && lastError !== null ? <span>{lastError}</span> : null}
      </span>
      <StateBadge tone={TONES[state]}>{t(`mail_${state}`)}</StateBadge>
      {state === "failed" && may("jobs.write") ? (
        <Button variant="outline" size="small" isBusy={trying.isPending} onClick={retry}>
          {t("mailRetry")}
        </Button>
      ) : null}
    </li>
  );
}
