import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { useApi } from "../data/api.ts";
import { Dialog } from "../dialog/dialog.tsx";
import { ConfirmWay, type ConfirmingWay } from "./confirm-way.tsx";
import { Loaded } from "./loaded.tsx";
import { OtherWays } from "./other-ways.tsx";
import { ShownWay } from "./shown-way.tsx";
import { useMe } from "./use-me.ts";
import { useSignOut } from "./use-sign-out.ts";
import "./confirm-dialog.css";

interface ConfirmDialogProps {
  /** @param isThem whether they showed who they are */
  readonly onEnd: (isThem: boolean) => void;
}

/** Asks whoever is signed in to show once more who they are. */
export function ConfirmDialog({ onEnd }: ConfirmDialogProps) {
  const t = useTranslations("signIn");
  const tAccount = useTranslations("account");
  const isThem = useRef(false);
  return (
    <Dialog title={t("confirmTitle")} onClose={() => onEnd(isThem.current)}>
      {(close) => (
        <div className="confirm-ways">
          <p>{t("confirmWords")}</p>
          <Ways
            onShown={() => {
              isThem.current = true;
              close();
            }}
          />
          <p>
            <Button variant="outline" size="small" onClick={close}>
              {tAccount("cancel")}
            </Button>
          </p>
        </div>
      )}
    </Dialog>
  );
}

function Ways({ onShown }: { onShown: () => void }) {
  const api = useApi();
  const me = useMe().data?.me;
  // Of an account whose second factor is yet to be set up, nothing more is told.
  const isSettingUp = me?.mustSetUpSecondFactor === true;
  const account = useQuery(api.account.details.queryOptions(undefined, { enabled: !isSettingUp }));
  const factors = useQuery(api.factors.mine.queryOptions());
  return (
    <Loaded query={factors}>
      {({ totp, passkeys }) => {
        const shown: ConfirmingWay[] = [
          ...(passkeys.length === 0 ? [] : (["passkey"] as const)),
          ...(totp === null ? [] : (["totp"] as const)),
        ];
        if (isSettingUp) return <Chosen ways={["password", ...shown]} onShown={onShown} />;
        return (
          <Loaded query={account}>
            {({ hasPassword }) => (
              <Chosen ways={hasPassword ? ["password", ...shown] : shown} onShown={onShown} />
            )}
          </Loaded>
        );
      }}
    </Loaded>
  );
}

function Chosen({ ways, onShown }: { ways: readonly ConfirmingWay[]; onShown: () => void }) {
  const t = useTranslations("signIn");
  const email = useMe().data?.me?.email ?? "";
  const { signOut, isPending } = useSignOut();
  const [first] = ways;
  const [chosen, setWay] = useState(first);
  if (chosen === undefined) {
    return (
      <>
        <p>{t("noWay")}</p>
        <p>
          <Button isBusy={isPending} onClick={signOut}>
            {t("otherWay")}
          </Button>
        </p>
      </>
    );
  }
  return (
    <>
      <ShownWay of={chosen} isFirst>
        <ConfirmWay key={chosen} way={chosen} email={email} onDone={onShown} />
      </ShownWay>
      <OtherWays ways={ways} now={chosen} onChoose={setWay} />
    </>
  );
}
