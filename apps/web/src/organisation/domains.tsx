import type { OrganisationDomain } from "@lectern/contract/organisations";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../account/call-failure.tsx";
import { Said } from "../account/said.tsx";
import { useCall } from "../account/use-call.ts";
import { useCallForm } from "../account/use-call-form.ts";
import { Button } from "../components/button.tsx";
import { Localized } from "../components/localized.tsx";
import { useApi } from "../data/api.ts";
import { fieldText } from "../forms/contract-shape.ts";
import { CopyField } from "../forms/copy-field.tsx";
import { TextField } from "../forms/fields.tsx";
import { Form } from "../forms/form.tsx";
import { formatInstantDay } from "../format/dates.ts";
import { OrganisationPart } from "./organisation-surroundings.tsx";
import "./organisation-domains.css";

async function loadShape() {
  const { OrganisationAddDomainInput } = await import("@lectern/contract/organisations");
  return OrganisationAddDomainInput;
}

interface DomainsProps {
  readonly organisationId: string;
  readonly domains: readonly OrganisationDomain[];
  /** Whether they can be added to, verified and removed. */
  readonly mayChange?: boolean;
}

/** The domains whose people can join a company by themselves, and how to show that one is its own. */
export function Domains({ organisationId, domains, mayChange = true }: DomainsProps) {
  const t = useTranslations("organisation");
  const api = useApi();
  const queryClient = useQueryClient();
  function readAgain(): void {
    void queryClient.invalidateQueries(api.organisations.byId.pathFilter());
  }
  return (
    <OrganisationPart id="domains" title={t("domains")} words={t("domainsWords")}>
      {domains.length === 0 ? <p>{t("domainsNone")}</p> : null}
      <ul className="organisation-domains">
        {domains.map((domain) => (
          <OneDomain
            key={domain.id}
            organisationId={organisationId}
            domain={domain}
            mayChange={mayChange}
            onChanged={readAgain}
          />
        ))}
      </ul>
      {mayChange ? <AddDomain organisationId={organisationId} onAdded={readAgain} /> : null}
    </OrganisationPart>
  );
}

interface AddDomainProps {
  readonly organisationId: string;
  readonly onAdded: () => void;
}

function AddDomain({ organisationId, onAdded }: AddDomainProps) {
  const t = useTranslations("organisation");
  const element = useRef<HTMLDivElement>(null);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().organisations.addDomain.mutationOptions(),
    inputOf: (data) => ({ organisationId, domain: fieldText(data, "domain") ?? "" }),
    onDone: () => {
      element.current?.querySelector("form")?.reset();
      onAdded();
    },
  });
  return (
    <div ref={element}>
      <Form {...formProps}>
        <CallFailure call={sending} />
        <TextField
          name="domain"
          label={t("domain")}
          hint={t("domainHint")}
          autoComplete="off"
          problems={problems}
        />
        <p>
          <Button type="submit" variant="outline" isBusy={sending.isPending}>
            {t(sending.isPending ? "domainAdding" : "domainAdd")}
          </Button>
        </p>
      </Form>
    </div>
  );
}

interface OneDomainProps {
  readonly organisationId: string;
  readonly domain: OrganisationDomain;
  readonly mayChange: boolean;
  readonly onChanged: () => void;
}

function OneDomain({ organisationId, domain: found, mayChange, onChanged }: OneDomainProps) {
  const t = useTranslations("organisation");
  const api = useApi();
  const { id: domainId, domain, recordName, recordValue, verifiedAt } = found;
  const checking = useCall(
    api.organisations.verifyDomain.mutationOptions({ onSuccess: onChanged }),
  );
  const removing = useCall(
    api.organisations.removeDomain.mutationOptions({ onSuccess: onChanged }),
  );
  const about = { organisationId, domainId };
  const words = { copy: t("copy"), copied: t("copied") };
  const outcome = checking.isSuccess ? checking.data.outcome : undefined;
  return (
    <li className="organisation-domain">
      <div>
        <p className="organisation-domain-name">{domain}</p>
        {verifiedAt === null ? (
          <p>{t("domainWaiting")}</p>
        ) : (
          <p className="aside-note">
            <Localized>{t("domainVerified", { since: formatInstantDay(verifiedAt) })}</Localized>
          </p>
        )}
      </div>
      {verifiedAt === null ? (
        <>
          <CopyField label={t("recordName")} text={recordName} words={words} />
          <CopyField label={t("recordValue")} text={recordValue} words={words} />
        </>
      ) : null}
      <CallFailure call={checking} />
      <CallFailure call={removing} />
      <Said>{outcome === undefined ? "" : t(`check_${outcome}`, { domain })}</Said>
      <p className="organisation-domain-ways" hidden={!mayChange}>
        {verifiedAt === null ? (
          <Button
            size="small"
            isBusy={checking.isPending}
            onClick={() => {
              // Each look is a new wish: the record may be there by now.
              const wish = { ...about, at: Date.now() };
              checking.mutate({ ...about, idempotencyKey: checking.keyOf(wish) });
            }}
          >
            <span aria-hidden="true">{t(checking.isPending ? "checking" : "check")}</span>
            <span className="visually-hidden">{t("checkOf", { domain })}</span>
          </Button>
        ) : null}
        <Button
          size="small"
          variant="outline"
          isBusy={removing.isPending}
          onClick={() => removing.mutate({ ...about, idempotencyKey: removing.keyOf(about) })}
        >
          <span aria-hidden="true">{t("domainRemove")}</span>
          <span className="visually-hidden">{t("domainRemoveOf", { domain })}</span>
        </Button>
      </p>
    </li>
  );
}
