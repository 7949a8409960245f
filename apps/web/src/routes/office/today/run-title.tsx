import type { RunSummary } from "@lectern/contract/runs";
import { useTranslations } from "use-intl";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeTime } from "../../../office/office-time.tsx";

/** A date by its course, with a way to it. */
export function RunTitle({ run, tab }: { run: RunSummary; tab?: string }) {
  const query = tab === undefined ? "" : `?tab=${tab}`;
  return <OfficeLink href={`/office/runs/${run.id}${query}`}>{run.course.title}</OfficeLink>;
}

/** When and where a date is: facts of an item. */
export function RunFacts({ run }: { run: RunSummary }) {
  const t = useTranslations("run");
  return (
    <>
      <span>
        <OfficeTime when={run} />
      </span>
      <span>{run.venue?.city ?? t("online")}</span>
    </>
  );
}
