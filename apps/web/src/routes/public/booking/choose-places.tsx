import { isLecternError } from "@lectern/client";
import type { RunDetail } from "@lectern/contract/runs";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { DiscountField } from "./discount-field.tsx";
import { QuotedPrice } from "./quoted-price.tsx";
import { TooFewPlaces, type Way, WaysOn } from "./too-few-places.tsx";
import type { Hold } from "./use-hold.ts";
import { usePlaces } from "./use-places.ts";
import { useQuote } from "./use-quote.ts";
import "./choose-places.css";

/** Larger groups are an enquiry: the contract's limit for one booking. */
const PLACES_MAX = 20;

interface ChoosePlacesProps {
  readonly run: RunDetail;
  readonly hold: Hold;
  /** Whether the page is alive yet. */
  readonly isReady: boolean;
  /** Called by who would rather wait for so many places. */
  readonly onWait: (places: number) => void;
}

/** The first step: how many places to set aside, and what they cost. */
export function ChoosePlaces({ run, hold, isReady, onWait }: ChoosePlacesProps) {
  const t = useTranslations("booking");
  const id = useId();
  const { isTouched } = hold;
  const beginning = useFocusOnChange<HTMLSelectElement>(isTouched, isTouched);
  const [places, setPlaces] = usePlaces(beginning, 1);
  const [discountCode, setDiscountCode] = useState<string>();
  const quote = useQuote({ runId: run.id, places, discountCode });
  // What it costs where the code is none.
  const quoteWithout = useQuote({ runId: run.id, places, discountCode: undefined });
  const most = Math.min(run.capacity, PLACES_MAX);
  const isTooMany = places > run.placesLeft;

  function book(count: number, code: string | undefined): void {
    if (hold.isHolding) return;
    setPlaces(count);
    hold.hold({ places: count, discountCode: code });
  }
  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("discountCode");
    // A code that was typed and not looked up counts as well: the server says if it is none.
    const code = typeof typed === "string" && typed.trim() !== "" ? typed.trim() : undefined;
    setDiscountCode(code);
    book(places, code);
  }
  const way = { left: run.placesLeft, places, isBusy: hold.isHolding, onWait };
  return (
    <form className="choose-places" onSubmit={send}>
      <HoldFailure failure={hold.failure} {...way} onBook={(few) => book(few, discountCode)} />
      <p className="choose-places-field">
        <label htmlFor={id}>{t("howMany")}</label>
        <select
          ref={beginning}
          id={id}
          name="places"
          className="select"
          value={places}
          onChange={({ currentTarget }) => setPlaces(Number(currentTarget.value))}
          autoComplete="off"
        >
          {Array.from({ length: most }, (_, index) => (
            <option key={index} value={index + 1}>
              {index + 1}
            </option>
          ))}
        </select>
      </p>
      {isTooMany && !isLecternError(hold.failure, "SoldOut") ? (
        <TooFewPlaces {...way} onBook={(few) => book(few, discountCode)} />
      ) : null}
      <DiscountField code={discountCode} quote={quote} onCode={setDiscountCode} isReady={isReady} />
      <QuotedPrice run={run} quote={quote.isError ? quoteWithout : quote} />
      {isTooMany ? null : (
        <p>
          <Button type="submit" size="large" isBusy={hold.isHolding} isDisabled={!isReady}>
            {t(hold.isHolding ? "holding" : "hold")}
          </Button>
        </p>
      )}
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

function HoldFailure({ failure, ...way }: { failure: Error | null } & Way) {
  const t = useTranslations("booking");
  const tFailures = useTranslations("failures");
  const tRefusals = useTranslations("refusals");
  const words = useRefusalWords();
  if (failure === null) return null;
  if (isLecternError(failure, "SoldOut")) {
    const { placesLeft: left, requested } = failure.data;
    return (
      <FailureNotice key={`${left} ${requested}`} title={t("tooFewTitle", { left })}>
        <p>{t("soldOutWords", { left })}</p>
        <WaysOn {...way} left={left} places={requested} />
      </FailureNotice>
    );
  }
  const most = isLecternError(failure, "TooManyPlaces")
    ? failure.data.limit - failure.data.alreadyBooked
    : 0;
  return (
    <FailureNotice title={tFailures("failedTitle")}>
      {/* Nothing else in this form is typed. */}
      <p>{isLecternError(failure, "Invalid") ? tRefusals("discount_unknown") : words(failure)}</p>
      {most > 0 ? (
        <Button isBusy={way.isBusy} onClick={() => way.onBook(most)}>
          {t("bookFewer", { count: most })}
        </Button>
      ) : null}
    </FailureNotice>
  );
}
