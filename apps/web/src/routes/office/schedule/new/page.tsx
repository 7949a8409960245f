import { Id } from "@lectern/contract/primitives";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Loaded } from "../../../../account/loaded.tsx";
import { useApi } from "../../../../data/api.ts";
import { dayFilter, oneFilter } from "../../../../office/address-filters.ts";
import { NoPermission } from "../../../../office/no-permission.tsx";
import { useMay } from "../../../../office/office-me.ts";
import { OfficePage } from "../../../../office/office-page.tsx";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { todayHere } from "../days.ts";
import { NewRunForm } from "./new-run-form.tsx";

const FILTERS = z.object({
  day: dayFilter(),
  organisation: oneFilter(Id),
  /** The enquiry that it is to be quoted for. */
  enquiry: oneFilter(Id),
});

/** Plans one date, and shows meanwhile what is in the way. */
export function NewRunPage() {
  const t = useTranslations("officeSchedule");
  const may = useMay();
  const { filters } = useAddressFilters(FILTERS);
  const options = useQuery(useApi().runs.options.queryOptions());
  if (!may("runs.write")) return <NoPermission permission="runs.write" />;
  return (
    <OfficePage title={t("newTitle")} lede={t("newLede")}>
      <Loaded query={options}>
        {(found) => (
          <NewRunForm
            day={filters.day ?? todayHere()}
            organisationId={filters.organisation}
            enquiryId={filters.enquiry}
            options={found}
          />
        )}
      </Loaded>
    </OfficePage>
  );
}
