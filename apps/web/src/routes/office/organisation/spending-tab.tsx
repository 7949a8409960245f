import type { OrganisationDetail } from "@lectern/contract/organisations";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { dayFilter } from "../../../office/address-filters.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { OrganisationPart } from "../../../organisation/organisation-surroundings.tsx";
import type { Period } from "../../../organisation/period.ts";
import { PeriodForm } from "../../../organisation/period-form.tsx";
import { Statement } from "../../../organisation/statement.tsx";

const PERIOD = z.object({ from: dayFilter(), until: dayFilter() });

/** What a company booked in some time, what it paid and still owes. */
export function SpendingTab({ organisation: { id } }: { organisation: OrganisationDetail }) {
  const t = useTranslations("organisation");
  const { filters: period, set } = useAddressFilters(PERIOD);
  return (
    <>
      <OrganisationPart id="period" title={t("period")}>
        <PeriodForm
          period={period}
          onChoose={({ from, until }) => set({ from, until })}
          link={(chosen, words) => (
            <OfficeLink href={`/office/organisations/${id}?${queryOf(chosen)}`}>{words}</OfficeLink>
          )}
        />
      </OrganisationPart>
      <Statement organisationId={id} period={period} />
    </>
  );
}

function queryOf({ from, until }: Period): string {
  return new URLSearchParams({
    tab: "spending",
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  }).toString();
}
