import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useApi } from "../../../data/api.ts";
import { OrganisationFrame } from "../../../organisation/organisation-frame.tsx";
import { mayManage } from "../../../organisation/organisation-role.ts";
import { DetailsForm } from "./details-form.tsx";
import { Domains } from "./domains.tsx";
import "./page.css";

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
  const { error, isFetchedAfterMount, refetch } = details;
  // A form keeps what it begins with: not what was there when this page was shown before.
  const begin = { data: isFetchedAfterMount ? details.data : undefined, error, refetch };
  // Another form begins with what is there by then.
  const [form, setForm] = useState(0);
  return (
    <Loaded query={begin}>
      {(organisation) => (
        <>
          <AccountPart id="details" title={t("companyDetails")} words={t("companyDetailsWords")}>
            <DetailsForm
              key={form}
              organisation={organisation}
              onReload={async () => {
                await refetch();
                setForm(form + 1);
              }}
            />
          </AccountPart>
          <Domains organisationId={id} domains={organisation.domains} />
        </>
      )}
    </Loaded>
  );
}
