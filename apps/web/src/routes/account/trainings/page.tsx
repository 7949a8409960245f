import { useTranslations } from "use-intl";
import { AccountFrame, AccountPart } from "../../../account/account-frame.tsx";
import { LinkButton } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { CalendarPart } from "./calendar-part.tsx";
import { Joinable } from "./joinable.tsx";
import { OwnBookings } from "./own-bookings.tsx";
import { OwnPlaces } from "./own-places.tsx";
import { Teaching } from "./teaching.tsx";
import { Waiting } from "./waiting.tsx";
import "./page.css";

export function TrainingsPage() {
  return (
    <AccountFrame title="trainings">
      {() => (
        // Of a place in the calendar.
        <BookingWords>
          <Trainings />
        </BookingWords>
      )}
    </AccountFrame>
  );
}

function Trainings() {
  const t = useTranslations("trainings");
  return (
    <>
      <AccountPart id="upcoming" title={t("upcoming")} words={t("upcomingWords")}>
        <OwnPlaces
          when="upcoming"
          none={
            <EmptyState title={t("upcomingNone")} words={t("upcomingNoneWords")}>
              <LinkButton to="/courses" variant="outline">
                {t("find")}
              </LinkButton>
            </EmptyState>
          }
        />
      </AccountPart>
      <Teaching />
      <AccountPart id="waiting" title={t("waiting")} words={t("waitingWords")}>
        <Waiting />
      </AccountPart>
      <AccountPart id="bookings" title={t("bookings")} words={t("bookingsWords")}>
        <OwnBookings />
      </AccountPart>
      <CalendarPart />
      <Joinable />
      <AccountPart id="past" title={t("past")} words={t("pastWords")}>
        <OwnPlaces when="past" none={<p>{t("pastNone")}</p>} />
      </AccountPart>
    </>
  );
}
