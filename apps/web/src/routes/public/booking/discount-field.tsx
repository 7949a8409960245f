import { isLecternError } from "@lectern/client";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { formatMoney } from "../../../format/money.ts";
import { priceLines, savedBy } from "../../../prices/price-lines.ts";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import type { useQuote } from "./use-quote.ts";
import "./discount-field.css";

interface DiscountFieldProps {
  /** The code that the price is asked with. */
  readonly code: string | undefined;
  readonly quote: ReturnType<typeof useQuote>;
  readonly onCode: (code: string | undefined) => void;
  readonly isReady: boolean;
}

/** A discount code: behind a button, for most visitors have none. What it does to the price is shown at once. */
export function DiscountField({ code, quote, onCode, isReady }: DiscountFieldProps) {
  const t = useTranslations("prices");
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState("");
  const field = useFocusOnChange<HTMLInputElement>(isOpen);
  const words = useRefusalWords();
  const tRefusals = useTranslations("refusals");
  if (!isOpen) {
    return (
      <p>
        <button
          type="button"
          className="discount-field-open"
          disabled={!isReady}
          onClick={() => setIsOpen(true)}
        >
          {t("haveCode")}
        </button>
      </p>
    );
  }
  const typed = text.trim();
  const isAsked = code !== undefined && code === typed;
  const isAsking = isAsked && quote.isFetching;
  const problem = isAsked && !isAsking && quote.isError ? wordsOf(quote.error) : undefined;

  function wordsOf(failure: unknown): string {
    // It does not even look like a code.
    return isLecternError(failure, "Invalid") ? tRefusals("discount_unknown") : words(failure);
  }

  function apply(): void {
    onCode(typed === "" ? undefined : typed);
  }
  function applyOnEnter(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== "Enter") return;
    // Looks it up; the places are set aside with the next one.
    event.preventDefault();
    apply();
  }
  return (
    <div className="discount-field">
      <label htmlFor={id} className="discount-field-label">
        {t("code")}
      </label>
      <div className="discount-field-row">
        <input
          ref={field}
          id={id}
          name="discountCode"
          className="field"
          value={text}
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-describedby={`${id}-said`}
          aria-invalid={problem === undefined ? undefined : true}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={applyOnEnter}
        />
        <button type="button" className="plain-button" onClick={apply}>
          {t(isAsking ? "applying" : "apply")}
        </button>
      </div>
      <p
        id={`${id}-said`}
        role="status"
        className={problem === undefined ? "aside-note" : "discount-field-problem"}
      >
        {problem ?? (isAsked && !isAsking && quote.data ? said(quote.data, typed) : "")}
      </p>
    </div>
  );

  function said(answer: NonNullable<typeof quote.data>, applied: string): string {
    const saved = savedBy(
      "discount_code",
      priceLines(answer.places.map(({ explanation }) => explanation)),
    );
    if (answer.total === null || saved === 0) return t("appliedNothing", { code: applied });
    const { currency } = answer.total;
    return t("applied", { code: applied, saved: formatMoney({ amount: saved, currency }) });
  }
}
