import type { RouterOutputs } from "@lectern/client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatMoney } from "../../../format/money.ts";
import { FurtherItems } from "../../../account/further-items.tsx";
import { TrainingRow } from "./training-row.tsx";

type OwnBooking = RouterOutputs["bookings"]["mine"]["items"][number];

/** What somebody has booked, for themselves or for others: each opens to all that can be done with it. */
export function OwnBookings() {
  const t = useTranslations("trainings");
  const bookings = useInfiniteQuery(
    useApi().bookings.mine.infiniteQueryOptions(
      {},
      { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0 },
    ),
  );
  return (
    <Loaded query={bookings}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <p>{t("bookingsNone")}</p>;
        return (
          <>
            <ul className="trainings">
              {items.map((booking) => (
                <OneBooking key={booking.reference} booking={booking} />
              ))}
            </ul>
            <FurtherItems list={bookings} shown={items.length} total={pages[0]?.total ?? 0} />
          </>
        );
      }}
    </Loaded>
  );
}

function OneBooking({ booking }: { booking: OwnBooking }) {
  const t = useTranslations("trainings");
  const { reference, status, run, livePlaces, total, organisation } = booking;
  return (
    <TrainingRow
      run={run}
      facts={
        <>
          <span>{t(`booking_${status}`)}</span>
          <span>{t("places", { count: livePlaces })}</span>
          {total === null ? null : (
            <span>
              <Localized>{formatMoney(total)}</Localized>
            </span>
          )}
          {organisation === null ? null : (
            <span>{t("bookedFor", { name: organisation.name })}</span>
          )}
        </>
      }
    >
      <p>
        <Link to="/bookings/$reference" params={{ reference }} className="onward">
          {t("openBooking", { reference })}
        </Link>
      </p>
    </TrainingRow>
  );
}
