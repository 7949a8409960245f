import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useApi } from "../../../data/api.ts";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { OfficeLink } from "../../../office/office-link.tsx";
import { type OfficeColumn, OfficeTable } from "../../../office/office-table.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { keyOf, nameOf, searchOf } from "./filters.ts";
import { useBookingColumns } from "./use-booking-columns.tsx";

const PAGE = 20;
const AGAIN_MS = 10_000;

/** What there is room for beside the facts of a person: how wide it is. */
const BESIDE: Readonly<Record<string, string>> = {
  reference: "8.5rem",
  status: "minmax(7rem, 1fr)",
  run: "minmax(10rem, 2fr)",
  total: "minmax(6.5rem, 0.8fr)",
};

function narrow<Item>(column: OfficeColumn<Item>): OfficeColumn<Item>[] {
  const width = BESIDE[column.id];
  return width === undefined ? [] : [{ ...column, width }];
}

interface BookingsOfProps {
  /** Whose: as the filters of the list of all bookings have it. */
  readonly of: { readonly person: string } | { readonly organisation: string };
}

/** The bookings of a person or of an organisation, the newest first, and the way to where they are worked with. */
export function BookingsOf({ of }: BookingsOfProps) {
  return (
    <BookingWords>
      <Bookings of={of} />
    </BookingWords>
  );
}

function Bookings({ of }: BookingsOfProps) {
  const t = useTranslations("officeBookings");
  // They can't be put in another order here.
  const all = useBookingColumns({ isSorted: false });
  const columns = "organisation" in of ? all : all.flatMap(narrow);
  const search = searchOf({ ...of });
  const list = useInfiniteQuery(
    useApi().bookings.search.infiniteQueryOptions(
      { ...search, limit: PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 3 ? false : AGAIN_MS),
      },
    ),
  );
  return (
    <RecordSection
      title={t("title")}
      actions={
        <OfficeLink href={`/office/bookings?${new URLSearchParams(of).toString()}`}>
          {t("ofAll")}
        </OfficeLink>
      }
    >
      <OfficeTable
        label={t("title")}
        list={list}
        columns={columns}
        keyOf={keyOf}
        nameOf={nameOf}
        hrefOf={({ reference }) => `/office/bookings/${reference}`}
        empty={<EmptyState title={t("ofNone")} words={t("ofNoneWords")} />}
      />
    </RecordSection>
  );
}
