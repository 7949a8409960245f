import { isLecternError } from "@lectern/client";
import type { Factors, TotpBegun } from "@lectern/contract/factors";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { CodeForm } from "../../../account/code-form.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";
import { CopyField } from "../../../forms/copy-field.tsx";
import { QrCode } from "./qr-code.tsx";

export interface FactorPartProps {
  readonly factors: Factors;
  /** Called when something has changed, with recovery codes where there are new ones. */
  readonly onChanged: (recoveryCodes?: readonly string[] | null) => void;
}

/** Codes of an app. */
export function TotpPart({ factors: { totp }, onChanged }: FactorPartProps) {
  const t = useTranslations("security");
  const api = useApi();
  const [begun, setBegun] = useState<TotpBegun>();
  const [isOver, setIsOver] = useState(false);
  const beginning = useCall(
    api.factors.beginTotp.mutationOptions({
      onSuccess: (given) => {
        setIsOver(false);
        setBegun(given);
      },
    }),
  );
  const removing = useCall(
    api.factors.removeTotp.mutationOptions({ onSuccess: () => onChanged() }),
  );
  return (
    <AccountPart id="totp" title={t("totp")} words={t("totpWords")}>
      <CallFailure call={beginning} />
      <CallFailure call={removing} />
      {isOver ? <p role="alert">{t("totpOver")}</p> : null}
      {begun === undefined ? (
        <>
          <p>
            {totp === null ? (
              t("totpNone")
            ) : (
              <Localized>{t("totpSince", { since: formatInstant(totp.createdAt) })}</Localized>
            )}
          </p>
          <p className="security-ways">
            <Button
              variant="outline"
              isBusy={beginning.isPending}
              onClick={() => beginning.mutate({ idempotencyKey: beginning.keyOf("begin") })}
            >
              {t(totp === null ? "totpSetUp" : "totpReplace")}
            </Button>
            {totp === null ? null : (
              <Button
                variant="outline"
                isBusy={removing.isPending}
                onClick={() => removing.mutate({ idempotencyKey: removing.keyOf("remove") })}
              >
                {t("totpRemove")}
              </Button>
            )}
          </p>
        </>
      ) : (
        <SetUp
          begun={begun}
          onDone={(codes) => {
            setBegun(undefined);
            onChanged(codes);
          }}
          onOver={() => {
            setBegun(undefined);
            setIsOver(true);
          }}
          onCancel={() => setBegun(undefined)}
        />
      )}
    </AccountPart>
  );
}

async function loadShape() {
  const { TotpCompleteInput } = await import("@lectern/contract/factors");
  return TotpCompleteInput;
}

interface SetUpProps {
  readonly begun: TotpBegun;
  readonly onDone: (recoveryCodes: readonly string[] | null) => void;
  /** Called when it has to be begun again. */
  readonly onOver: () => void;
  readonly onCancel: () => void;
}

function SetUp({ begun: { proof, uri, secret }, onDone, onOver, onCancel }: SetUpProps) {
  const t = useTranslations("security");
  const tAccount = useTranslations("account");
  const { factors } = useApi();
  return (
    <>
      <p>{t("totpScan")}</p>
      <QrCode text={uri} label={t("totpPicture")} />
      <CopyField
        label={t("totpSecret")}
        text={secret.replaceAll(/(.{4})(?=.)/gu, "$1 ")}
        words={{ copy: t("copy"), copied: t("copied") }}
      />
      <CodeForm
        kind="totp"
        loadShape={loadShape}
        call={factors.completeTotp.mutationOptions({
          onError: (error) => {
            if (isLecternError(error, "LinkNotUsable")) onOver();
          },
        })}
        about={{ proof }}
        action={t("totpFinish")}
        onDone={({ recoveryCodes }) => onDone(recoveryCodes)}
      />
      <p>
        <Button variant="outline" size="small" onClick={onCancel}>
          {tAccount("cancel")}
        </Button>
      </p>
    </>
  );
}
