import type { RunSummary } from "@lectern/contract/runs";
import { useTranslations } from "use-intl";
import { sumOf } from "../../../bookings/live-places.ts";
import { Localized } from "../../../components/localized.tsx";
import { formatMoney } from "../../../format/money.ts";
import { type Chosen, type Question, commonOptions, valueOf } from "./chosen.ts";
import { OtherDates } from "./other-dates.tsx";
import "./choice-options.css";

interface ChoiceOptionsProps {
  /** Of the group of radio buttons. */
  readonly name: string;
  readonly label: string;
  readonly isLabelShown?: boolean;
  /** The registrations that choose together. */
  readonly questions: readonly Question[];
  /** Other dates that have places. */
  readonly alternatives: readonly RunSummary[];
  readonly chosen: Chosen | undefined;
  readonly onChosen: (chosen: Chosen) => void;
}

/** What can be chosen instead of a date: to stay, each of the other dates, the money back. */
export function ChoiceOptions(props: ChoiceOptionsProps) {
  const { name, label, isLabelShown, questions, alternatives, chosen, onChosen } = props;
  const t = useTranslations("booked");
  const options = commonOptions(questions);
  const value = chosen === undefined ? undefined : valueOf(chosen);
  const refund = sumOf(questions.map(({ price }) => price));
  const radio = { type: "radio", name } as const;
  function refundWords(): string {
    if (refund === null) return t("askRefund");
    if (refund.amount === 0) return t("askRefundNone");
    return t("askRefundAmount", { amount: formatMoney(refund) });
  }
  return (
    <fieldset className="choice-options">
      <legend className={isLabelShown ? "label" : "visually-hidden"}>{label}</legend>
      {options.includes("stays") ? (
        <label className="choice-options-one">
          <input
            {...radio}
            checked={value === "stays"}
            onChange={() => onChosen({ choice: "stays" })}
          />
          {t("askStays")}
        </label>
      ) : null}
      {options.includes("another_date") ? (
        <OtherDates
          name={name}
          runs={alternatives}
          places={questions.length}
          chosen={value}
          onChosen={(toRunId) => onChosen({ choice: "another_date", toRunId })}
          isPriceShown={false}
        />
      ) : null}
      {options.includes("refund") ? (
        <label className="choice-options-one">
          <input
            {...radio}
            checked={value === "refund"}
            onChange={() => onChosen({ choice: "refund" })}
          />
          <Localized>{refundWords()}</Localized>
        </label>
      ) : null}
    </fieldset>
  );
}
