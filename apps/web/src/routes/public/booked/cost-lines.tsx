import type { Money } from "@lectern/contract/primitives";
import type { SignedMoney } from "@lectern/contract/registrations";
import { Localized } from "../../../components/localized.tsx";
import { formatMoney } from "../../../format/money.ts";
import "./cost-lines.css";

export interface CostLine {
  readonly label: string;
  readonly amount: Money | SignedMoney;
  /** Whether it is what the others lead to. */
  readonly isResult?: boolean;
}

/** What a change costs, line by line. */
export function CostLines({ lines }: { lines: readonly CostLine[] }) {
  return (
    <dl className="cost-lines">
      {lines.map(({ label, amount, isResult }) => (
        <div key={label} data-result={isResult || undefined}>
          <dt>{label}</dt>
          <dd className="figures">
            <Localized>{formatMoney(amount)}</Localized>
          </dd>
        </div>
      ))}
    </dl>
  );
}
