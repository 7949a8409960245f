import { isLecternError } from "@lectern/client";
import type { FactorKind, SignInAnswer } from "@lectern/contract/accounts";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { useApi, useClient } from "../data/api.ts";
import { CodeForm } from "./code-form.tsx";
import { EntryFrame } from "./entry-frame.tsx";
import { OtherWays } from "./other-ways.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import { ShownWay } from "./shown-way.tsx";

async function loadTotpShape() {
  const { TotpStepInput } = await import("@lectern/contract/factors");
  return TotpStepInput;
}

async function loadRecoveryShape() {
  const { RecoveryCodeStepInput } = await import("@lectern/contract/factors");
  return RecoveryCodeStepInput;
}

interface SecondStepProps {
  readonly step: Extract<SignInAnswer, { state: "second_factor" }>;
  readonly onDone: () => unknown;
  /** Begins again, from the password on. */
  readonly onAgain: () => void;
}

/** The second factor, after a password or what stands for one. */
export function SecondStep({ step: answer, onDone, onAgain }: SecondStepProps) {
  const t = useTranslations("signIn");
  const { factors, step } = answer;
  const [way, setWay] = useState<FactorKind>(factors[0] ?? "totp");
  const [isOver, setIsOver] = useState(false);
  if (isOver) {
    return (
      <EntryFrame title={t("stepHeading")} lede={t("stepOver")}>
        <p>
          <Button size="large" onClick={onAgain}>
            {t("heading")}
          </Button>
        </p>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t("stepHeading")} lede={t("stepLede")}>
      <ShownWay of={way}>
        <FactorWay
          key={way}
          way={way}
          step={step}
          onDone={onDone}
          onFailure={(failure) => setIsOver(isLecternError(failure, "LinkNotUsable"))}
        />
      </ShownWay>
      <OtherWays ways={factors} now={way} onChoose={setWay} />
      <p>
        <Button variant="outline" size="small" onClick={onAgain}>
          {t("again")}
        </Button>
      </p>
    </EntryFrame>
  );
}

interface FactorWayProps {
  readonly way: FactorKind;
  readonly step: SecondStepProps["step"]["step"];
  readonly onDone: () => unknown;
  readonly onFailure: (failure: unknown) => void;
}

function FactorWay({ way, step, onDone, onFailure }: FactorWayProps) {
  const t = useTranslations("signIn");
  const { factors } = useApi();
  const client = useClient();
  switch (way) {
    case "totp":
      return (
        <CodeForm
          kind="totp"
          loadShape={loadTotpShape}
          call={factors.signInWithTotp.mutationOptions({ onError: onFailure })}
          about={{ step }}
          onDone={onDone}
        />
      );
    case "recovery_code":
      return (
        <CodeForm
          kind="recovery_code"
          loadShape={loadRecoveryShape}
          call={factors.signInWithRecoveryCode.mutationOptions({ onError: onFailure })}
          about={{ step }}
          onDone={onDone}
        />
      );
    case "passkey":
      return (
        <PasskeyButton
          label={t("showPasskey")}
          begin={(input) => client.factors.passkeyStepOptions.mutate({ ...input, step })}
          finish={(shown) => client.factors.signInWithPasskeyStep.mutate({ ...shown, step })}
          onDone={onDone}
          onFailure={onFailure}
        />
      );
  }
}
