import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Me } from "@lectern/contract/accounts";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountFrame } from "../../../account/account-frame.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useApi } from "../../../data/api.ts";
import { EmailPart } from "./email-part.tsx";
import { Identities } from "./identities.tsx";
import { Passkeys } from "./passkeys.tsx";
import { PasswordPart } from "./password-part.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { RecoveryPart } from "./recovery-part.tsx";
import { Sessions } from "./sessions.tsx";
import { Tokens } from "./tokens.tsx";
import { TotpPart } from "./totp-part.tsx";
import "./page.css";

export function SecurityPage() {
  return (
    <AccountFrame title="security" isForSetUp>
      {(me) => <Security me={me} />}
    </AccountFrame>
  );
}

function Security({ me }: { me: Me }) {
  const t = useTranslations("security");
  const api = useApi();
  const queryClient = useQueryClient();
  // They are shown once, above all else.
  const [codes, setCodes] = useState<readonly string[]>();
  const factors = useQuery(api.factors.mine.queryOptions(undefined, { staleTime: 0 }));

  function onChanged(recoveryCodes?: readonly string[] | null): void {
    if (recoveryCodes != null) setCodes(recoveryCodes);
    void queryClient.invalidateQueries(api.factors.pathFilter());
    void queryClient.invalidateQueries(api.account.pathFilter());
  }
  return (
    <>
      {codes === undefined ? null : (
        <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />
      )}
      {me.mustSetUpSecondFactor ? (
        <p className="security-needed" role="status">
          {t("needed")}
        </p>
      ) : (
        <>
          <PasswordPart email={me.email} />
          <EmailPart email={me.email} />
        </>
      )}
      <Loaded query={factors}>
        {(mine) => (
          <>
            <TotpPart factors={mine} onChanged={onChanged} />
            <Passkeys factors={mine} onChanged={onChanged} />
            {mine.totp === null && mine.passkeys.length === 0 ? null : (
              <RecoveryPart left={mine.recoveryCodesLeft} onChanged={onChanged} />
            )}
          </>
        )}
      </Loaded>
      {me.mustSetUpSecondFactor ? null : (
        <>
          <Sessions />
          <Identities />
          {me.permissions.includes("tokens.write") ? <Tokens permissions={me.permissions} /> : null}
        </>
      )}
    </>
  );
}
