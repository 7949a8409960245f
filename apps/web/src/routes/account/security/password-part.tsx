import { isLecternError, newIdempotencyKey } from "@lectern/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { NewPasswordField } from "../../../account/new-account-fields.tsx";
import { PasswordField, UsernameField } from "../../../account/password-field.tsx";
import { Said } from "../../../account/said.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { useApi, useClient } from "../../../data/api.ts";
import { secretText } from "../../../forms/contract-shape.ts";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";

/** Changes the password, or sets one where there is none. */
export function PasswordPart({ email }: { email: string }) {
  const t = useTranslations("security");
  const account = useQuery(useApi().account.details.queryOptions());
  const [state, setState] = useState<"closed" | "open" | "changed">("closed");
  const closed = useFocusOnChange<HTMLDivElement>(state);
  return (
    <AccountPart id="password" title={t("password")} words={t("passwordWords")}>
      <Loaded query={account}>
        {({ hasPassword }) =>
          state === "open" ? (
            <PasswordForm
              email={email}
              hasPassword={hasPassword}
              onChanged={() => setState("changed")}
              onCancel={() => setState("closed")}
            />
          ) : (
            <>
              <Said>{state === "changed" ? t("passwordChanged") : ""}</Said>
              <div ref={closed} tabIndex={-1}>
                <Button variant="outline" onClick={() => setState("open")}>
                  {t(hasPassword ? "changePassword" : "setPassword")}
                </Button>
              </div>
            </>
          )
        }
      </Loaded>
    </AccountPart>
  );
}

async function loadShape() {
  const { ChangePasswordInput } = await import("@lectern/contract/accounts");
  return ChangePasswordInput;
}

interface PasswordFormProps {
  readonly email: string;
  readonly hasPassword: boolean;
  readonly onChanged: () => void;
  readonly onCancel: () => void;
}

function PasswordForm({ email, hasPassword, onChanged, onCancel }: PasswordFormProps) {
  const t = useTranslations("security");
  const tAccount = useTranslations("account");
  const api = useApi();
  const { account } = useClient();
  const queryClient = useQueryClient();
  const changing = api.account.changePassword.mutationOptions();
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: {
      ...changing,
      mutationFn: async (input) => {
        try {
          return await account.changePassword.mutate(input);
        } catch (error) {
          // The password that they have just typed shows who they are: nobody has to type it twice.
          const isAsked = isLecternError(error, "ConfirmationRequired");
          if (!isAsked || input.current == null) throw error;
          await account.confirm.mutate({
            password: input.current,
            idempotencyKey: newIdempotencyKey(),
          });
          return account.changePassword.mutate(input);
        }
      },
    },
    inputOf: (data) => ({
      ...(hasPassword && { current: secretText(data, "current") ?? "" }),
      password: secretText(data, "password"),
    }),
    judgedByServer: ["current", "password"],
    onDone: () => {
      onChanged();
      return queryClient.invalidateQueries(api.account.pathFilter());
    },
  });
  return (
    <Form {...formProps}>
      <CallFailure
        call={sending}
        words={(error) =>
          isLecternError(error, "SignInFailed") ? tAccount("notYourPassword") : undefined
        }
      />
      <ProblemCount problems={problems} />
      <UsernameField email={email} />
      {hasPassword ? (
        <PasswordField
          name="current"
          label={t("currentPassword")}
          autoComplete="current-password"
          problems={problems}
        />
      ) : null}
      <NewPasswordField label="newPassword" problems={problems} />
      <p className="security-ways">
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "saving" : "savePassword")}
        </Button>
        <Button variant="outline" onClick={onCancel}>
          {tAccount("cancel")}
        </Button>
      </p>
    </Form>
  );
}
