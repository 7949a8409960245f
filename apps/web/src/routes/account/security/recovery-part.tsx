import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";

interface RecoveryPartProps {
  readonly left: number;
  readonly onChanged: (recoveryCodes: readonly string[]) => void;
}

/** How many recovery codes are left, and new ones in their place. */
export function RecoveryPart({ left, onChanged }: RecoveryPartProps) {
  const t = useTranslations("security");
  const renewing = useCall(
    useApi().factors.renewRecoveryCodes.mutationOptions({
      onSuccess: ({ recoveryCodes }) => onChanged(recoveryCodes),
    }),
  );
  return (
    <AccountPart id="recovery" title={t("recovery")} words={t("recoveryWords")}>
      <CallFailure call={renewing} />
      <p>{t("recoveryLeft", { count: left })}</p>
      <Button
        variant="outline"
        isBusy={renewing.isPending}
        onClick={() => renewing.mutate({ idempotencyKey: renewing.keyOf("renew") })}
      >
        {t("recoveryRenew")}
      </Button>
    </AccountPart>
  );
}
