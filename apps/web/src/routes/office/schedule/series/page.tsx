import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../../account/loaded.tsx";
import { useApi } from "../../../../data/api.ts";
import { NoPermission } from "../../../../office/no-permission.tsx";
import { useMay } from "../../../../office/office-me.ts";
import { OfficePage } from "../../../../office/office-page.tsx";
import { SeriesWizard } from "./series-wizard.tsx";

/** Plans the same course many times, step by step. */
export function SeriesPage() {
  const t = useTranslations("officeSchedule");
  const may = useMay();
  const options = useQuery(useApi().runs.options.queryOptions());
  if (!may("runs.write")) return <NoPermission permission="runs.write" />;
  return (
    <OfficePage title={t("seriesTitle")} lede={t("seriesLede")}>
      <Loaded query={options}>{(found) => <SeriesWizard options={found} />}</Loaded>
    </OfficePage>
  );
}
