import { isLecternError } from "@lectern/client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PlacesLeft } from "../../../components/places-left.tsx";
import { RunDays } from "../../../components/run-time.tsx";
import { useIsHydrated } from "../../../components/use-is-hydrated.ts";
import { useApi } from "../../../data/api.ts";
import { runInput } from "../../../data/inputs.ts";
import { langOf } from "../../../language/lang-of.ts";
import { useLiveRun } from "../../../live/use-live-run.ts";
import { BookingWords } from "../../../messages/booking-words.tsx";
import { BookingClosed } from "./booking-closed.tsx";
import { BookingSteps } from "./booking-steps.tsx";
import { ChoosePlaces } from "./choose-places.tsx";
import { DetailsForm } from "./details-form.tsx";
import { HoldBar } from "./hold-bar.tsx";
import { HoldExpired } from "./hold-expired.tsx";
import { RunPanel } from "./run-panel.tsx";
import { useHold } from "./use-hold.ts";
import { WaitingStep } from "./waiting-step.tsx";
import "./page.css";

const route = getRouteApi("/book/$runId");

/** Booking places of a run: set them aside, say who comes, done. Or wait for them. */
export function BookingPage() {
  return (
    <BookingWords>
      <Booking />
    </BookingWords>
  );
}

/** What the visitor is here for. It changes when they say so, and not with the places left. */
type Intent =
  | { readonly kind: "book" }
  | { readonly kind: "wait"; readonly places: number; readonly isChosen: boolean };

function Booking() {
  const t = useTranslations("booking");
  const tRun = useTranslations("run");
  const { runId } = route.useParams();
  const { data: run } = useSuspenseQuery(useApi().runs.byId.queryOptions(runInput(runId)));
  const hold = useHold(runId);
  const isHydrated = useIsHydrated();
  const { waiting, news } = useLiveRun(run);
  const [intent, setIntent] = useState<Intent>(() =>
    run.bookability === "sold_out"
      ? { kind: "wait", places: 1, isChosen: false }
      : { kind: "book" },
  );
  const isHeld = hold.state === "held";
  const canBeWaitedFor = run.bookability === "open" || run.bookability === "sold_out";

  function wait(places: number): void {
    setIntent({ kind: "wait", places, isChosen: true });
  }

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
      case "opening":
        return <p role="status">{t("opening")}</p>;
      case "expired":
      case "none":
        if (!canBeWaitedFor) return <BookingClosed run={run} />;
        if (intent.kind === "wait") {
          return (
            <WaitingStep
              run={run}
              places={intent.places}
              waiting={waiting}
              isReady={isHydrated}
              isChosen={intent.isChosen}
              wasFaster={isLecternError(hold.failure, "SoldOut")}
              onBook={() => setIntent({ kind: "book" })}
            />
          );
        }
        if (hold.state === "expired") {
          return <HoldExpired places={hold.places} hold={hold} onWait={wait} />;
        }
        return <ChoosePlaces run={run} hold={hold} isReady={isHydrated} onWait={wait} />;
    }
  }

  return (
    <div className="page booking">
      <header className="booking-head">
        {intent.kind === "book" || isHeld ? (
          <BookingSteps current={isHeld ? "details" : "places"} />
        ) : null}
        <h1 lang={langOf(run.course.contentLanguage)}>{run.course.title}</h1>
        <p className="booking-when">
          <span>
            <RunDays run={run} />, {run.venue?.city ?? tRun("online")}
          </span>
          {isHeld ? null : <PlacesLeft run={run} />}
        </p>
        <p className="visually-hidden" role="status">
          {news === undefined || isHeld ? "" : tRun(news, { count: run.placesLeft })}
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
