import type { RouterOutputs } from "@lectern/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";
import { EndingRow } from "./ending-row.tsx";

type Linked = RouterOutputs["identity"]["linked"]["items"][number];

/** The providers at which somebody signs in. */
export function Identities() {
  const t = useTranslations("security");
  const linked = useQuery(useApi().identity.linked.queryOptions(undefined, { staleTime: 0 }));
  return (
    <AccountPart id="identities" title={t("identities")} words={t("identitiesWords")}>
      <Loaded query={linked}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t("identitiesNone")}</p>
          ) : (
            <ul className="security-list">
              {items.map((identity) => (
                <OneIdentity key={identity.id} identity={identity} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </AccountPart>
  );
}

function OneIdentity({ identity }: { identity: Linked }) {
  const t = useTranslations("security");
  const api = useApi();
  const queryClient = useQueryClient();
  const { id, provider, createdAt, lastUsedAt } = identity;
  const end = api.identity.unlink.mutationOptions({
    onSuccess: () => queryClient.invalidateQueries(api.identity.linked.queryFilter()),
  });
  return (
    <EndingRow id={id} name={provider.name} action={t("unlink")} end={end}>
      <p className="aside-note">
        <Localized>
          {t("sessionTimes", {
            since: formatInstant(createdAt),
            last: formatInstant(lastUsedAt),
          })}
        </Localized>
      </p>
    </EndingRow>
  );
}
