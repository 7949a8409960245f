import type { ApiToken, TokenCreated } from "@lectern/contract/tokens";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { useApi } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";
import { CopyField } from "../../../forms/copy-field.tsx";
import { EndingRow } from "./ending-row.tsx";
import { TokenForm } from "./token-form.tsx";

/** The most that a page lists. */
const LISTED = 100;

/** What programs show. Only for those whose roles let them have any. */
export function Tokens({ permissions }: { permissions: readonly string[] }) {
  const t = useTranslations("security");
  const api = useApi();
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [created, setCreated] = useState<TokenCreated>();
  const shown = useFocusOnChange<HTMLDivElement>(created);
  const tokens = useQuery(
    api.tokens.list.queryOptions({ of: "mine", limit: LISTED }, { staleTime: 0 }),
  );
  function readAgain(): void {
    void queryClient.invalidateQueries(api.tokens.pathFilter());
  }
  return (
    <AccountPart id="tokens" title={t("tokens")} words={t("tokensWords")}>
      <div ref={shown} tabIndex={-1} hidden={created === undefined}>
        {created === undefined ? null : (
          <>
            <p role="status">{t("tokenOnce")}</p>
            <CopyField
              label={created.about.name}
              text={created.token}
              words={{ copy: t("copy"), copied: t("copied") }}
            />
          </>
        )}
      </div>
      <Loaded query={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t("tokensNone")}</p>
          ) : (
            <ul className="security-list">
              {items.map((token) => (
                <OneToken key={token.id} token={token} onRevoked={readAgain} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isOpen ? (
        <TokenForm
          permissions={permissions}
          onCreated={(given) => {
            setCreated(given);
            setIsOpen(false);
            readAgain();
          }}
          onCancel={() => setIsOpen(false)}
        />
      ) : (
        <Button
          variant="outline"
          onClick={() => {
            setCreated(undefined);
            setIsOpen(true);
          }}
        >
          {t("tokenNew")}
        </Button>
      )}
    </AccountPart>
  );
}

interface OneTokenProps {
  readonly token: ApiToken;
  readonly onRevoked: () => void;
}

function OneToken({ token, onRevoked }: OneTokenProps) {
  const t = useTranslations("security");
  const { id, name, permissions, expiresAt, lastUsedAt } = token;
  const end = useApi().tokens.revoke.mutationOptions({ onSuccess: onRevoked });
  return (
    <EndingRow id={id} name={name} action={t("revoke")} end={end}>
      <p className="aside-note security-granted">{permissions.join(", ")}</p>
      <p className="aside-note">
        <Localized>
          {lastUsedAt === null
            ? t("tokenUnused", { until: formatInstant(expiresAt) })
            : t("tokenUsed", { until: formatInstant(expiresAt), last: formatInstant(lastUsedAt) })}
        </Localized>
      </p>
    </EndingRow>
  );
}
