import { isLecternError } from "@lectern/client";
import type { RunDetail } from "@lectern/contract/runs";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useId } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { useFailureWords } from "../../../components/use-failure-words.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import type { Hold } from "./use-hold.ts";
import "./choose-places.css";

/** Larger groups are an enquiry: the contract's limit for one booking. */
const PLACES_MAX = 20;

interface ChoosePlacesProps {
  readonly run: RunDetail;
  readonly hold: Hold;
  /** Whether the page is alive yet. */
  readonly isReady: boolean;
}

/** The first step: how many places to set aside. */
export function ChoosePlaces({ run, hold, isReady }: ChoosePlacesProps) {
  const t = useTranslations("booking");
  const id = useId();
  const { isTouched } = hold;
  const beginning = useFocusOnChange<HTMLSelectElement>(isTouched, isTouched);
  const most = Math.min(run.placesLeft, PLACES_MAX);
  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const places = Number(new FormData(event.currentTarget).get("places"));
    if (!hold.isHolding) hold.hold(places);
  }
  return (
    <form className="choose-places" onSubmit={send}>
      <HoldFailure failure={hold.failure} />
      <p className="choose-places-field">
        <label htmlFor={id}>{t("howMany")}</label>
        <select
          ref={beginning}
          id={id}
          name="places"
          className="select"
          defaultValue="1"
          autoComplete="off"
        >
          {Array.from({ length: most }, (_, index) => (
            <option key={index} value={index + 1}>
              {index + 1}
            </option>
          ))}
        </select>
      </p>
      <p>
        <Button type="submit" size="large" isBusy={hold.isHolding} isDisabled={!isReady}>
          {t(hold.isHolding ? "holding" : "hold")}
        </Button>
      </p>
      <p className="aside-note">
        {t("holdWords")} {run.price === null ? t("priceOnRequest") : null}
      </p>
      <p className="aside-note">
        <Link to="/contact" search={{ kind: "company", course: run.course.slug }}>
          {t("howManyHint", { max: most })}
        </Link>
      </p>
    </form>
  );
}

function HoldFailure({ failure }: { failure: Error | null }) {
  const t = useTranslations("booking");
  const words = useFailureWords();
  if (failure === null) return null;
  if (isLecternError(failure, "SoldOut")) {
    const left = failure.data.placesLeft;
    return (
      <FailureNotice title={t("soldOutTitle", { left })}>
        <p>{t("soldOutWords", { left })}</p>
      </FailureNotice>
    );
  }
  return (
    <FailureNotice title={t("failedTitle")}>
      <p>{words(failure)}</p>
    </FailureNotice>
  );
}
