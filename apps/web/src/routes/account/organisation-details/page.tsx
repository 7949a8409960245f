import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useApi } from "../../../data/api.ts";
import { DetailsForm } from "../../../organisation/details-form.tsx";
import { Domains } from "../../../organisation/domains.tsx";
import { OrganisationFrame } from "../../../organisation/organisation-frame.tsx";
import { mayManage } from "../../../organisation/organisation-role.ts";

const route = getRouteApi("/account/organisation/$id/details");

/** What a company is called, where its invoices go, and which domains are its own: for who manages it. */
export function OrganisationDetailsPage() {
  const { id } = route.useParams();
  return (
    <OrganisationFrame id={id} isFor={mayManage}>
      {() => <Details organisationId={id} />}
    </OrganisationFrame>
  );
}

function Details({ organisationId: id }: { organisationId: string }) {
  const t = useTranslations("organisation");
  const details = useQuery(useApi().organisations.byId.queryOptions({ id }, { staleTime: 0 }));
  return (
    <Loaded query={details}>
      {(organisation) => (
        <>
          <AccountPart id="details" title={t("companyDetails")} words={t("companyDetailsWords")}>
            <DetailsForm organisation={organisation} />
          </AccountPart>
          <Domains organisationId={id} domains={organisation.domains} />
        </>
      )}
    </Loaded>
  );
}
