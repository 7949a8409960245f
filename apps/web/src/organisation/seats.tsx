import type { RouterOutputs } from "@lectern/client";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../account/loaded.tsx";
import { Button } from "../components/button.tsx";
import { useApi } from "../data/api.ts";
import { DatedRow } from "./dated-row.tsx";
import { FurtherItems } from "../account/further-items.tsx";
import { SeatDialog, type SeatWish } from "./seat-dialog.tsx";
import { OrganisationPart, useOrganisationSurroundings } from "./organisation-surroundings.tsx";

type Seat = RouterOutputs["organisations"]["seats"]["items"][number];

const SHOWN = ["unnamed", "named"] as const;

interface SeatsProps {
  readonly organisationId: string;
  /** Whether places of all bookings can be named, and not those of one's own alone. */
  readonly mayChange: boolean;
}

/** The places of a company on dates to come, and who comes to them. */
export function Seats({ organisationId, mayChange }: SeatsProps) {
  const t = useTranslations("organisation");
  const { againMs } = useOrganisationSurroundings();
  const name = useId();
  const api = useApi();
  const queryClient = useQueryClient();
  const [show, setShow] = useState<(typeof SHOWN)[number]>("unnamed");
  const [wish, setWish] = useState<SeatWish>();
  const seats = useInfiniteQuery(
    api.organisations.seats.infiniteQueryOptions(
      { organisationId, show },
      { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0, refetchInterval: againMs },
    ),
  );
  const [first] = seats.data?.pages ?? [];
  return (
    <OrganisationPart id="seats" title={t("seats")} words={t("seatsWords")}>
      {first === undefined ? null : (
        <p role="status">{t("seatsCount", { named: first.named, unnamed: first.unnamed })}</p>
      )}
      <fieldset>
        <legend className="visually-hidden">{t("seatsShow")}</legend>
        <div className="organisation-shown">
          {SHOWN.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name={name}
                checked={show === each}
                onChange={() => setShow(each)}
              />
              {t(`seatsShow_${each}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <Loaded query={seats}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p>{t(`seatsNone_${show}`)}</p>;
          return (
            <>
              <ul className="organisation-list">
                {items.map((seat) => (
                  <OneSeat
                    key={seat.registrationId}
                    seat={seat}
                    mayChange={mayChange || seat.isOwn}
                    onWish={setWish}
                  />
                ))}
              </ul>
              <FurtherItems list={seats} shown={items.length} total={pages[0]?.total ?? 0} />
            </>
          );
        }}
      </Loaded>
      {wish === undefined ? null : (
        <SeatDialog
          wish={wish}
          onChanged={() => void queryClient.invalidateQueries(api.organisations.pathFilter())}
          onClose={() => setWish(undefined)}
        />
      )}
    </OrganisationPart>
  );
}

interface OneSeatProps {
  readonly seat: Seat;
  readonly mayChange: boolean;
  readonly onWish: (wish: SeatWish) => void;
}

function OneSeat({ seat, mayChange, onWish }: OneSeatProps) {
  const t = useTranslations("organisation");
  const { BookingLink } = useOrganisationSurroundings();
  const { run, reference, position, booker, learner, isOwn, registrationId } = seat;
  const about = { position, reference };
  function ways() {
    if (!mayChange) return null;
    const wish = { reference, registrationId };
    return (
      <p className="organisation-ways">
        <Button size="small" variant="outline" onClick={() => onWish({ ...wish, kind: "name" })}>
          <span aria-hidden="true">{t(learner === null ? "nameSeat" : "changeSeat")}</span>
          <span className="visually-hidden">
            {t(learner === null ? "nameSeatOf" : "changeSeatOf", about)}
          </span>
        </Button>
        {learner === null ? (
          <Button size="small" variant="outline" onClick={() => onWish({ ...wish, kind: "link" })}>
            <span aria-hidden="true">{t("linkSeat")}</span>
            <span className="visually-hidden">{t("linkSeatOf", about)}</span>
          </Button>
        ) : null}
      </p>
    );
  }
  return (
    <DatedRow
      run={run}
      facts={
        <>
          {learner === null ? null : <strong>{learner.name}</strong>}
          <BookingLink reference={reference}>{t("seat", about)}</BookingLink>
          {booker === null ? null : (
            <span>{t("seatBookedBy", { name: isOwn ? t("you") : booker.name })}</span>
          )}
        </>
      }
    >
      {ways()}
    </DatedRow>
  );
}
