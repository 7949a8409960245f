import { newIdempotencyKey } from "@lectern/client";
import type { Passkey } from "@lectern/contract/factors";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useGuard } from "../../../account/guard.ts";
import { makePasskey } from "../../../account/passkeys.ts";
import { useCall } from "../../../account/use-call.ts";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { useApi, useClient } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";
import { fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import type { FactorPartProps } from "./totp-part.tsx";

/** Passkeys: of this device, of another one, or of a program that keeps them. */
export function Passkeys({ factors: { passkeys }, onChanged }: FactorPartProps) {
  const t = useTranslations("security");
  const [isAdding, setIsAdding] = useState(false);
  const button = useFocusOnChange<HTMLDivElement>(isAdding);
  return (
    <AccountPart id="passkeys" title={t("passkeys")} words={t("passkeysWords")}>
      {passkeys.length === 0 ? (
        <p>{t("passkeysNone")}</p>
      ) : (
        <ul className="security-list">
          {passkeys.map((passkey) => (
            <OnePasskey key={passkey.id} passkey={passkey} onChanged={onChanged} />
          ))}
        </ul>
      )}
      <div ref={button} tabIndex={-1}>
        {isAdding ? (
          <AddForm
            name={t("passkeyName_given", { number: String(passkeys.length + 1) })}
            onAdded={(codes) => {
              setIsAdding(false);
              onChanged(codes);
            }}
            onCancel={() => setIsAdding(false)}
          />
        ) : (
          <Button variant="outline" onClick={() => setIsAdding(true)}>
            {t("passkeyAdd")}
          </Button>
        )}
      </div>
    </AccountPart>
  );
}

async function loadNameShape() {
  const { PasskeyCompleteInput } = await import("@lectern/contract/factors");
  return PasskeyCompleteInput.pick({ name: true });
}

interface AddFormProps {
  readonly name: string;
  readonly onAdded: (recoveryCodes: readonly string[] | null) => void;
  readonly onCancel: () => void;
}

function AddForm({ name, onAdded, onCancel }: AddFormProps) {
  const t = useTranslations("security");
  const tAccount = useTranslations("account");
  const { factors } = useClient();
  const guard = useGuard();
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadNameShape,
    call: {
      mutationFn: async (wanted: { name: string }) => {
        const { proof, options } = await guard(() =>
          factors.beginPasskey.mutate({ idempotencyKey: newIdempotencyKey() }),
        );
        const created = await makePasskey(options);
        const idempotencyKey = newIdempotencyKey();
        return factors.completePasskey.mutate({ ...wanted, proof, created, idempotencyKey });
      },
    },
    inputOf: (data) => ({ name: fieldText(data, "name") }),
    onDone: ({ recoveryCodes }) => onAdded(recoveryCodes),
  });
  return (
    <Form {...formProps}>
      <CallFailure call={sending} />
      <TextField
        name="name"
        label={t("passkeyName")}
        hint={t("passkeyNameHint")}
        value={name}
        autoComplete="off"
        problems={problems}
      />
      <p className="security-ways">
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "passkeyMaking" : "passkeyMake")}
        </Button>
        <Button variant="outline" onClick={onCancel}>
          {tAccount("cancel")}
        </Button>
      </p>
    </Form>
  );
}

interface OnePasskeyProps extends Pick<FactorPartProps, "onChanged"> {
  readonly passkey: Passkey;
}

function OnePasskey({ passkey, onChanged }: OnePasskeyProps) {
  const t = useTranslations("security");
  const [isRenaming, setIsRenaming] = useState(false);
  const { id, name, isBackedUp, createdAt, lastUsedAt } = passkey;
  const removing = useCall(
    useApi().factors.removePasskey.mutationOptions({ onSuccess: () => onChanged() }),
  );
  return (
    <li>
      <div>
        <p className="security-name">{name}</p>
        <p className="aside-note">
          <Localized>
            {lastUsedAt === null
              ? t("passkeySince", { since: formatInstant(createdAt) })
              : t("passkeyUsed", {
                  since: formatInstant(createdAt),
                  last: formatInstant(lastUsedAt),
                })}
          </Localized>{" "}
          {isBackedUp ? t("passkeyBackedUp") : t("passkeyHere")}
        </p>
      </div>
      {isRenaming ? null : (
        <p className="security-ways">
          <Button size="small" variant="outline" onClick={() => setIsRenaming(true)}>
            {t("rename")}
            <span className="visually-hidden"> {name}</span>
          </Button>
          <Button
            size="small"
            variant="outline"
            isBusy={removing.isPending}
            onClick={() => {
              const wish = { id };
              removing.mutate({ ...wish, idempotencyKey: removing.keyOf(wish) });
            }}
          >
            {t("remove")}
            <span className="visually-hidden"> {name}</span>
          </Button>
        </p>
      )}
      {isRenaming ? (
        <div className="security-wide">
          <RenameForm
            passkey={passkey}
            onEnd={(isRenamed) => {
              setIsRenaming(false);
              if (isRenamed) onChanged();
            }}
          />
        </div>
      ) : null}
      {removing.error === null ? null : (
        <div className="security-wide">
          <CallFailure call={removing} />
        </div>
      )}
    </li>
  );
}

async function loadRenameShape() {
  const { PasskeyRenameInput } = await import("@lectern/contract/factors");
  return PasskeyRenameInput;
}

interface RenameFormProps {
  readonly passkey: Passkey;
  readonly onEnd: (isRenamed: boolean) => void;
}

function RenameForm({ passkey: { id, name }, onEnd }: RenameFormProps) {
  const t = useTranslations("security");
  const tAccount = useTranslations("account");
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadRenameShape,
    call: useApi().factors.renamePasskey.mutationOptions(),
    inputOf: (data) => ({ id, name: fieldText(data, "name") }),
    onDone: () => onEnd(true),
  });
  return (
    <Form {...formProps}>
      <CallFailure call={sending} />
      <TextField
        name="name"
        label={t("passkeyName")}
        value={name}
        autoComplete="off"
        problems={problems}
      />
      <p className="security-ways">
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "saving" : "saveName")}
        </Button>
        <Button variant="outline" onClick={() => onEnd(false)}>
          {tAccount("cancel")}
        </Button>
      </p>
    </Form>
  );
}
