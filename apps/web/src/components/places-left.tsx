import type { RunSummary } from "@lectern/contract/runs";
import { useTranslations } from "use-intl";
import "./places-left.css";

/** From so many on, a run is nearly full. */
const FEW = 3;

const CLOSED_WORDS = {
  sold_out: "soldOut",
  not_open_yet: "notOpenYet",
  closed: "closed",
  cancelled: "cancelled",
  not_published: "closed",
  private: "closed",
} as const;

/** How many places a run has left, or why none can be booked. */
export function PlacesLeft({ run }: { run: RunSummary }) {
  const t = useTranslations("run");
  const { bookability, placesLeft } = run;
  if (bookability !== "open") {
    return <span className="places-left places-left-none">{t(CLOSED_WORDS[bookability])}</span>;
  }
  const isFew = placesLeft <= FEW;
  return (
    <span className={isFew ? "places-left places-left-few" : "places-left"}>
      {t(isFew ? "lastPlaces" : "placesLeft", { count: placesLeft })}
    </span>
  );
}
