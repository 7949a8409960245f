import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import "./too-few-places.css";

/** Where to go on from when there are fewer places than wanted. */
export interface Way {
  readonly left: number;
  /** How many are wanted. */
  readonly places: number;
  readonly isBusy: boolean;
  readonly onBook: (places: number) => void;
  readonly onWait: (places: number) => void;
}

/** Books what is left, or waits for what is wanted. */
export function WaysOn({ left, places, isBusy, onBook, onWait }: Way) {
  const t = useTranslations("booking");
  return (
    <p className="too-few-places-ways">
      {left === 0 ? null : (
        <Button isBusy={isBusy} onClick={() => onBook(left)}>
          {t("bookFewer", { count: left })}
        </Button>
      )}
      <Button variant={left === 0 ? "filled" : "outline"} onClick={() => onWait(places)}>
        {t("waitForAll", { count: places })}
      </Button>
    </p>
  );
}

/** Fewer places are left than the visitor has chosen: not a failure yet, so it takes no focus. */
export function TooFewPlaces(way: Way) {
  const t = useTranslations("booking");
  return (
    <div className="too-few-places" role="status">
      <p className="too-few-places-title">{t("tooFewTitle", { left: way.left })}</p>
      <p>{t("tooFewWords")}</p>
      <WaysOn {...way} />
    </div>
  );
}
