import type { OrganisationDetail } from "@lectern/contract/organisations";
import { useTranslations } from "use-intl";
import { countryName } from "../../../format/names.ts";
import { useMay } from "../../../office/office-me.ts";
import { Facts } from "../../../office/record-page.tsx";
import { DetailsForm } from "../../../organisation/details-form.tsx";
import { DETAIL_FIELDS, type DetailField } from "../../../organisation/organisation-details.ts";
import { OrganisationPart } from "../../../organisation/organisation-surroundings.tsx";
import "./office-organisation.css";

/** What a company is called, and where its invoices go; changed by who may. */
export function DetailsTab({ organisation }: { organisation: OrganisationDetail }) {
  const t = useTranslations("organisation");
  const may = useMay();
  const isChanged = organisation.archivedAt === null && may("organisations.write");
  return (
    <OrganisationPart id="details" title={t("companyDetails")} words={t("companyDetailsWords")}>
      {isChanged ? (
        <div className="office-organisation-form">
          <DetailsForm organisation={organisation} />
        </div>
      ) : (
        <div className="office-organisation-facts">
          <Facts facts={DETAIL_FIELDS.map((field) => [t(field), valueOf(organisation, field)])} />
        </div>
      )}
    </OrganisationPart>
  );
}

function valueOf(organisation: OrganisationDetail, field: DetailField): string {
  return field === "country" ? countryName(organisation.country) : (organisation[field] ?? "–");
}
