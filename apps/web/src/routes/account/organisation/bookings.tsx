import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { LinkButton } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatMoney } from "../../../format/money.ts";
import { DatedRow } from "../../../organisation/dated-row.tsx";
import { FurtherItems } from "../../../account/further-items.tsx";

/** What was booked for a company. */
export function Bookings({ organisationId }: { organisationId: string }) {
  const t = useTranslations("organisation");
  const tTrainings = useTranslations("trainings");
  const bookings = useInfiniteQuery(
    useApi().organisations.bookings.infiniteQueryOptions(
      { organisationId },
      { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0 },
    ),
  );
  return (
    <AccountPart id="bookings" title={t("bookings")} words={t("bookingsWords")}>
      <Loaded query={bookings}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p>{t("bookingsNone")}</p>;
          return (
            <>
              <ul className="organisation-list">
                {items.map(({ reference, run, status, livePlaces, total, booker, isOwn }) => (
                  <DatedRow
                    key={reference}
                    run={run}
                    facts={
                      <>
                        <span>{tTrainings(`booking_${status}`)}</span>
                        <span>{tTrainings("places", { count: livePlaces })}</span>
                        {total === null ? null : (
                          <span>
                            <Localized>{formatMoney(total)}</Localized>
                          </span>
                        )}
                        {booker === null ? null : (
                          <span>{t("bookingBy", { name: isOwn ? t("you") : booker.name })}</span>
                        )}
                      </>
                    }
                  >
                    <p>
                      <Link to="/bookings/$reference" params={{ reference }} className="onward">
                        {tTrainings("openBooking", { reference })}
                      </Link>
                    </p>
                  </DatedRow>
                ))}
              </ul>
              <FurtherItems list={bookings} shown={items.length} total={pages[0]?.total ?? 0} />
            </>
          );
        }}
      </Loaded>
      <p>
        <LinkButton to="/courses" variant="outline">
          {t("find")}
        </LinkButton>
      </p>
    </AccountPart>
  );
}
