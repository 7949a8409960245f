import type { RunSummary } from "@lectern/contract/runs";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { runInput } from "../../../data/inputs.ts";
import { RunFacts, RunPanel } from "./run-panel.tsx";

/** The date that something is about, with its sessions and terms where everybody may see them. */
export function RunSide({ run }: { run: RunSummary }) {
  const t = useTranslations("booking");
  const { data } = useQuery(useApi().runs.byId.queryOptions(runInput(run.id)));
  if (data !== undefined) return <RunPanel run={data} />;
  return (
    <aside className="run-panel" aria-label={t("runHeading")}>
      <RunFacts run={run} />
    </aside>
  );
}
