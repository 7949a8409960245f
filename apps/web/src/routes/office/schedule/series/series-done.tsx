import type { RouterOutputs } from "@lectern/client";
import { useTranslations } from "use-intl";
import { Button, LinkButton } from "../../../../components/button.tsx";
import { useFocusOnChange } from "../../../../components/use-focus.ts";
import { dateOf, formatLongDay } from "../../../../format/dates.ts";
import { OfficeLink } from "../../../../office/office-link.tsx";

interface SeriesDoneProps {
  readonly runs: RouterOutputs["runs"]["scheduleSeries"]["runs"];
  readonly onAnother: () => void;
}

/** The dates that were made. */
export function SeriesDone({ runs, onAnother }: SeriesDoneProps) {
  const t = useTranslations("officeSchedule");
  const heading = useFocusOnChange<HTMLHeadingElement>("done", true);
  const [first] = runs;
  return (
    <div className="series">
      <h2 ref={heading} tabIndex={-1}>
        {t("doneTitle", { count: runs.length })}
      </h2>
      <ul className="series-made">
        {runs.map(({ id, startsAt }) => (
          <li key={id}>
            <OfficeLink href={`/office/runs/${id}`}>{formatLongDay(dateOf(startsAt))}</OfficeLink>
          </li>
        ))}
      </ul>
      <p className="series-actions">
        <Button variant="outline" onClick={onAnother}>
          {t("doneAnother")}
        </Button>
        <LinkButton
          to="/office/schedule"
          {...(first && { search: { date: dateOf(first.startsAt) } })}
        >
          {t("doneToCalendar")}
        </LinkButton>
      </p>
    </div>
  );
}
