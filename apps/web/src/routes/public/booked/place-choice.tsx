import { useTranslations } from "use-intl";
import type { Place } from "../../../bookings/live-places.ts";
import "./place-choice.css";

interface PlaceChoiceProps {
  readonly places: readonly Place[];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
}

/** Which places something is done with. Of one place there is nothing to choose. */
export function PlaceChoice({ places, chosen, onChosen }: PlaceChoiceProps) {
  const t = useTranslations("booked");
  if (places.length < 2) return null;
  function toggle(id: string): void {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChosen(next);
  }
  return (
    <fieldset className="place-choice">
      <legend className="label">{t("which")}</legend>
      {places.map(({ id, position, learner }) => (
        <label key={id} className="place-choice-place">
          <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
          <span>
            {t("place", { position })}: {learner?.name ?? t("unnamed")}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
