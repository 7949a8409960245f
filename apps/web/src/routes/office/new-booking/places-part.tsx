import { BOOKING_PLACES_MAX } from "@lectern/contract/bookings";
import type { RunForStaff } from "@lectern/contract/run-office";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";
import { countryName } from "../../../format/names.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { useSettled } from "../../../office/use-settled.ts";
import { PriceTable } from "../../../prices/price-table.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import type { HoldWanted, StaffHold } from "./use-staff-hold.ts";

const PAUSE_MS = 300;

/** How many places, at which price; then they are set aside. */
export function PlacesPart({ run, hold }: { run: RunForStaff; hold: StaffHold }) {
  const t = useTranslations("officeBookings");
  const words = useRefusalWords();
  const [places, setPlaces] = useState(1);
  const [region, setRegion] = useState("");
  const [code, setCode] = useState("");
  const id = useId();
  const prices = useQuery(useApi().prices.byRun.queryOptions({ runId: run.id }));
  const wanted: HoldWanted = {
    places,
    region: region === "" ? null : region,
    discountCode: code.trim() === "" ? null : code.trim(),
  };
  const { held } = hold;
  if (held !== undefined) {
    return (
      <div className="new-booking-held" role="status">
        <p>
          <Localized>
            {t("heldUntil", { places: held.places, time: formatInstant(held.expiresAt) })}
          </Localized>
        </p>
        <Button variant="outline" size="small" isBusy={hold.isBusy} onClick={() => hold.giveBack()}>
          {t("giveBack")}
        </Button>
      </div>
    );
  }
  return (
    <section className="new-booking-places" aria-labelledby={id}>
      <h2 id={id}>{t("which")}</h2>
      <CallFailure call={hold.failure} words={words} />
      <div className="new-booking-fields">
        <label>
          <span className="label">{t("placesCount")}</span>
          <select
            className="select"
            value={places}
            onChange={({ target }) => setPlaces(Number(target.value))}
          >
            {Array.from({ length: BOOKING_PLACES_MAX }, (_, index) => (
              <option key={index} value={index + 1}>
                {index + 1}
              </option>
            ))}
          </select>
        </label>
        {(prices.data?.regions ?? []).length === 0 ? null : (
          <label>
            <span className="label">{t("regionPrice")}</span>
            <select
              className="select"
              value={region}
              onChange={({ target }) => setRegion(target.value)}
            >
              <option value="">{t("basePrice")}</option>
              {prices.data?.regions.map((each) => (
                <option key={each.region} value={each.region}>
                  {countryName(each.region)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          <span className="label">{t("discountCode")}</span>
          <input
            className="field"
            maxLength={40}
            autoComplete="off"
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </label>
      </div>
      <Quote run={run} wanted={wanted} />
      <div className="new-booking-do">
        <Button isBusy={hold.isBusy} onClick={() => hold.hold(wanted)}>
          {t("hold")}
        </Button>
        {run.places.free < places ? (
          <OfficeLink href={`/office/runs/${run.id}?tab=waiting`}>{t("waitInstead")}</OfficeLink>
        ) : null}
      </div>
    </section>
  );
}

/** What the places cost now. */
function Quote({ run, wanted }: { run: RunForStaff; wanted: HoldWanted }) {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const words = useRefusalWords();
  const isPrivate = run.visibility === "private";
  const invitation = useQuery(
    api.runs.invitation.queryOptions({ id: run.id }, { enabled: isPrivate && run.can.invite }),
  );
  const discountCode = useSettled(wanted.discountCode, PAUSE_MS);
  const quote = useQuery(
    api.prices.quote.queryOptions(
      {
        runId: run.id,
        places: wanted.places,
        region: wanted.region,
        discountCode,
        ...(invitation.data !== undefined && { invitationKey: invitation.data.invitationKey }),
      },
      {
        enabled: !isPrivate || invitation.data !== undefined,
        placeholderData: keepPreviousData,
        retry: false,
      },
    ),
  );
  if (quote.isError) return <p role="alert">{words(quote.error)}</p>;
  if (quote.data === undefined) return <p role="status">{t("pricing")}</p>;
  if (quote.data.total === null) return <p>{t("onRequest")}</p>;
  return (
    <div aria-live="polite">
      <PriceTable
        places={quote.data.places.map(({ explanation }) => explanation)}
        total={quote.data.total}
        timeZone={run.timeZone}
      />
    </div>
  );
}
