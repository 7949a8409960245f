import type { BookingForStaff } from "@lectern/contract/booking-office";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { useApi } from "../../../data/api.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { MoreButton } from "../run/more-button.tsx";
import { sentenceOf } from "./history-words.ts";

/** What happened to a booking, in sentences. */
export function HistoryTab({ booking }: { booking: BookingForStaff }) {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const { reference, run } = booking;
  const list = useInfiniteQuery(
    api.bookings.history.infiniteQueryOptions(
      { reference, limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  return (
    <RecordSection title={t("tabHistory")}>
      <Loaded query={list}>
        {({ pages }) => (
          <>
            <ol className="office-booking-history">
              {pages
                .flatMap((page) => page.items)
                .map((item) => {
                  const { message, values } = sentenceOf(item);
                  return (
                    <li key={item.id}>
                      <OfficeInstant instant={item.at} timeZone={run.timeZone} />
                      <p>
                        {t("did", {
                          who: item.actor.name ?? t(`actor_${item.actor.kind}`),
                          what: t(message, values),
                        })}
                      </p>
                    </li>
                  );
                })}
            </ol>
            <MoreButton list={list} />
          </>
        )}
      </Loaded>
    </RecordSection>
  );
}
