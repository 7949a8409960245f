import { useId } from "react";
import { useTranslations } from "use-intl";

interface DecisionFieldsProps {
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly isWaived: boolean;
  readonly onWaived: (isWaived: boolean) => void;
  readonly canWaive: boolean;
}

/** Why staff change something, and whether it is to cost a fee. */
export function DecisionFields(props: DecisionFieldsProps) {
  const t = useTranslations("officeBookings");
  const id = useId();
  return (
    <div className="office-booking-decision">
      <label className="label" htmlFor={id}>
        {t("reasonOptional")}
      </label>
      <input
        id={id}
        className="field"
        maxLength={500}
        aria-describedby={`${id}hint`}
        value={props.reason}
        onChange={({ target }) => props.onReason(target.value)}
      />
      <p id={`${id}hint`} className="aside-note">
        {t("reasonHint")}
      </p>
      {props.canWaive ? (
        <label className="office-booking-tick">
          <input
            type="checkbox"
            checked={props.isWaived}
            onChange={({ target }) => props.onWaived(target.checked)}
          />
          {t("waive")}
        </label>
      ) : null}
    </div>
  );
}
