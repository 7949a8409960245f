import type { RunConflict } from "@lectern/contract/today";
import { useTranslations } from "use-intl";
import { formatDay } from "../../../format/dates.ts";
import { RunFacts, RunTitle } from "./run-title.tsx";
import { TodayItem, TodaySection } from "./section.tsx";
import type { Today } from "./use-today.ts";

/** Dates of the next two weeks that something stands in the way of. */
export function Conflicts({ list }: { list: Today["conflicts"] }) {
  return (
    <TodaySection part="conflicts" list={list}>
      {({ run, conflicts }) => (
        <TodayItem key={run.id} title={<RunTitle run={run} />} facts={<RunFacts run={run} />}>
          <ul className="today-conflicts">
            {conflicts.map((conflict) => (
              <OneConflict
                key={`${conflict.kind} ${conflict.name ?? ""} ${conflict.city ?? ""}`}
                conflict={conflict}
                capacity={run.capacity}
              />
            ))}
          </ul>
        </TodayItem>
      )}
    </TodaySection>
  );
}

function OneConflict({ conflict, capacity }: { conflict: RunConflict; capacity: number }) {
  const t = useTranslations("officeToday");
  const { kind, sessions, at, name, city, places } = conflict;
  const values = {
    name: name ?? "",
    city: city ?? "",
    places: String(places ?? 0),
    wanted: String(capacity),
  };
  return (
    <li>
      <strong>{t(`conflict_${kind}`, values)}</strong>{" "}
      <span className="aside-note">
        {t("conflictWhen", { day: formatDay(at), count: sessions })}
      </span>
    </li>
  );
}
