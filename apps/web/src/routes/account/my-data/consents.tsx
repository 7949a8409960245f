import type { Consent } from "@lectern/contract/privacy";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";

/** What somebody agreed to. */
export function Consents() {
  const t = useTranslations("myData");
  const consents = useQuery(useApi().privacy.consents.queryOptions(undefined, { staleTime: 0 }));
  return (
    <AccountPart id="consents" title={t("consents")} words={t("consentsWords")}>
      <Loaded query={consents}>
        {({ items }) => (
          <ul className="my-consents">
            {items.map((consent) => (
              <OneConsent key={consent.purpose} consent={consent} />
            ))}
          </ul>
        )}
      </Loaded>
      <Link to="/privacy">{t("read")}</Link>
    </AccountPart>
  );
}

function OneConsent({ consent }: { consent: Consent }) {
  const t = useTranslations("myData");
  const api = useApi();
  const queryClient = useQueryClient();
  const { purpose, currentVersion, agreed, canBeWithdrawn } = consent;
  const asked = {
    onSuccess: () => queryClient.invalidateQueries(api.privacy.consents.queryFilter()),
  };
  const giving = useCall(api.privacy.giveConsent.mutationOptions(asked));
  const withdrawing = useCall(api.privacy.withdrawConsent.mutationOptions(asked));
  const name = t(`purpose_${purpose}`);
  function standing(): string {
    if (agreed === null) return t("notAgreed");
    const since = formatInstant(agreed.givenAt);
    return t(agreed.isCurrent ? "agreed" : "agreedOld", { since });
  }
  return (
    <li>
      <div>
        <p className="my-purpose">{name}</p>
        <p className="aside-note">
          <Localized>{standing()}</Localized>
        </p>
      </div>
      <p className="my-ways">
        {agreed === null || !agreed.isCurrent ? (
          <Button
            size="small"
            variant="outline"
            isBusy={giving.isPending}
            onClick={() => {
              const wish = { purpose, textVersion: currentVersion };
              giving.mutate({ ...wish, idempotencyKey: giving.keyOf(wish) });
            }}
          >
            {t(agreed === null ? "agree" : "agreeNew")}
            <span className="visually-hidden"> {name}</span>
          </Button>
        ) : null}
        {agreed !== null && canBeWithdrawn ? (
          <Button
            size="small"
            variant="outline"
            isBusy={withdrawing.isPending}
            onClick={() => {
              const wish = { purpose };
              withdrawing.mutate({ ...wish, idempotencyKey: withdrawing.keyOf(wish) });
            }}
          >
            {t("takeBack")}
            <span className="visually-hidden"> {name}</span>
          </Button>
        ) : null}
      </p>
      <CallFailure call={giving} />
      <CallFailure call={withdrawing} />
    </li>
  );
}
