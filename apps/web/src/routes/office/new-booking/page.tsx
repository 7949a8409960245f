import { Id } from "@lectern/contract/primitives";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { oneFilter } from "../../../office/address-filters.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficePage } from "../../../office/office-page.tsx";
import { OfficeTime } from "../../../office/office-time.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { FindField } from "../bookings/find-field.tsx";
import { useRun } from "../run/use-run.ts";
import { Loaded } from "../../../account/loaded.tsx";
import { PlacesPart } from "./places-part.tsx";
import { WhoForm } from "./who-form.tsx";
import { useStaffHold } from "./use-staff-hold.ts";
import "./new-booking.css";

const CHOICE = z.object({ run: oneFilter(Id) });

/** A booking for somebody who called or wrote: the date and its price, places set aside, then who books and who comes. */
export function NewBookingPage() {
  const t = useTranslations("officeBookings");
  const may = useMay();
  const address = useAddressFilters(CHOICE);
  const { run } = address.filters;
  if (!may("bookings.make.any")) {
    return (
      <OfficePage title={t("newTitle")}>
        <p>{t("newForbidden")}</p>
      </OfficePage>
    );
  }
  return (
    <BookingWords>
      <OfficePage title={t("newTitle")} lede={t("newLede")}>
        <div className="new-booking">
          <FindField
            kind="run"
            label={t("run")}
            value={run}
            onChange={(id) => address.set({ run: id })}
          />
          {run === undefined ? (
            <p className="aside-note">{t("noRun")}</p>
          ) : (
            <OfRun key={run} runId={run} />
          )}
        </div>
      </OfficePage>
    </BookingWords>
  );
}

function OfRun({ runId }: { runId: string }) {
  const t = useTranslations("officeBookings");
  const hold = useStaffHold(runId);
  return (
    <Loaded query={useRun(runId)}>
      {(run) => (
        <>
          <p className="new-booking-run">
            <OfficeTime when={run} />
            <span className="figures">{t("left", { count: run.places.free })}</span>
          </p>
          <PlacesPart run={run} hold={hold} />
          {hold.held === undefined ? null : (
            <WhoForm key={hold.held.reference} held={hold.held} run={run} />
          )}
        </>
      )}
    </Loaded>
  );
}
