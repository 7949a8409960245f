import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { PlacesLeft } from "../../../components/places-left.tsx";
import { RunDays } from "../../../components/run-time.tsx";
import { useIsHydrated } from "../../../components/use-is-hydrated.ts";
import { useApi } from "../../../data/api.ts";
import { BookingClosed } from "./booking-closed.tsx";
import { BookingSteps } from "./booking-steps.tsx";
import { ChoosePlaces } from "./choose-places.tsx";
import { DetailsForm } from "./details-form.tsx";
import { HoldBar } from "./hold-bar.tsx";
import { HoldExpired } from "./hold-expired.tsx";
import { RunPanel } from "./run-panel.tsx";
import { useHold } from "./use-hold.ts";
import "./page.css";

const route = getRouteApi("/book/$runId");

/** Booking places of a run: set them aside, say who comes, done. */
export function BookingPage() {
  const t = useTranslations("booking");
  const tRun = useTranslations("run");
  const { runId } = route.useParams();
  const { data: run } = useSuspenseQuery(useApi().runs.byId.queryOptions({ id: runId }));
  const hold = useHold(runId);
  const isHydrated = useIsHydrated();

  function step() {
    switch (hold.state) {
      case "held":
        return (
          <>
            <HoldBar
              booking={hold.booking}
              deadline={hold.deadline}
              isGivingBack={hold.isGivingBack}
              onGiveBack={hold.giveBack}
              onEnd={hold.expire}
            />
            <DetailsForm
              key={hold.booking.reference}
              isNew={hold.isTouched}
              booking={hold.booking}
              accessKey={hold.accessKey}
              onExpired={hold.expire}
            />
          </>
        );
      case "expired":
        return <HoldExpired places={hold.places} hold={hold} />;
      case "none":
        if (run.bookability !== "open") return <BookingClosed run={run} />;
        return <ChoosePlaces run={run} hold={hold} isReady={isHydrated} />;
      case "opening":
        return <p role="status">{t("opening")}</p>;
    }
  }

  return (
    <div className="page booking">
      <header className="booking-head">
        <BookingSteps current={hold.state === "held" ? "details" : "places"} />
        <h1>{run.course.title}</h1>
        <p className="booking-when">
          <span>
            <RunDays run={run} />, {run.venue?.city ?? tRun("online")}
          </span>
          <PlacesLeft run={run} />
        </p>
      </header>
      <div className="booking-frame">
        <div className="booking-step">
          <noscript>
            <p>{t("noScript")}</p>
          </noscript>
          {step()}
        </div>
        <RunPanel run={run} />
      </div>
    </div>
  );
}
