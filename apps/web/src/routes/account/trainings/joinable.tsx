import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { useApi } from "../../../data/api.ts";
import { pathHere } from "../../../language/addresses.ts";

/** A company that somebody can join by their address; nothing for everybody else. */
export function Joinable() {
  const t = useTranslations("trainings");
  const [first] = useQuery(useApi().organisations.joinable.queryOptions()).data?.items ?? [];
  if (first === undefined) return null;
  return (
    <AccountPart id="company" title={t("company")} words={t("companyWords", { name: first.name })}>
      <p>
        <a href={pathHere("/account/organisation")} className="onward">
          {t("companyOpen")}
        </a>
      </p>
    </AccountPart>
  );
}
