import { isLecternError, newIdempotencyKey } from "@lectern/client";
import type { SignInAnswer } from "@lectern/contract/accounts";
import type { IdentityAnswer } from "@lectern/contract/identity";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { PasswordField, UsernameField } from "../../../account/password-field.tsx";
import { SignInFlow } from "../../../account/sign-in-flow.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { secretText } from "../../../forms/contract-shape.ts";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { PasskeySignIn } from "../sign-in/passkey-sign-in.tsx";
import { PasswordForm } from "../sign-in/password-form.tsx";

type Needed = Extract<IdentityAnswer, { state: "link_needed" }>;

/** Shows that an account which is there is theirs, too. */
export function LinkAccount({ needed, next }: { needed: Needed; next: string }) {
  const t = useTranslations("openid");
  const { email, provider, byPassword, step } = needed;
  const linking = useMutation(useApi().identity.linkOwn.mutationOptions());
  const frame = {
    title: t("linkHeading"),
    lede: t("linkLede", { email, name: provider.name }),
  };
  if (byPassword) {
    return (
      <SignInFlow next={next}>
        {(onAnswer) => (
          <EntryFrame {...frame}>
            <PasswordLink needed={needed} onAnswer={onAnswer} />
          </EntryFrame>
        )}
      </SignInFlow>
    );
  }
  return (
    <SignInFlow
      next={next}
      before={() => linking.mutateAsync({ step, idempotencyKey: newIdempotencyKey() })}
    >
      {(onAnswer) => (
        <EntryFrame {...frame}>
          <SignInLink linking={linking} name={provider.name} onAnswer={onAnswer} />
        </EntryFrame>
      )}
    </SignInFlow>
  );
}

async function loadShape() {
  const { IdentityLinkInput } = await import("@lectern/contract/identity");
  return IdentityLinkInput;
}

interface PasswordLinkProps {
  readonly needed: Needed;
  readonly onAnswer: (answer: SignInAnswer) => Promise<void>;
}

function PasswordLink({ needed: { step, email }, onAnswer }: PasswordLinkProps) {
  const t = useTranslations("openid");
  const tAccount = useTranslations("account");
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().identity.link.mutationOptions(),
    inputOf: (data) => ({ step, password: secretText(data, "password") }),
    onDone: onAnswer,
  });
  return (
    <Form {...formProps}>
      <CallFailure
        call={sending}
        words={(error) => {
          if (isLecternError(error, "SignInFailed")) return t("wrongPassword");
          return isLecternError(error, "LinkNotUsable") ? t("overWords") : undefined;
        }}
      />
      <ProblemCount problems={problems} />
      <UsernameField email={email} />
      <PasswordField
        name="password"
        label={tAccount("password")}
        autoComplete="current-password"
        problems={problems}
      />
      <p>
        <Button type="submit" size="large" isBusy={sending.isPending}>
          {t(sending.isPending ? "linking" : "link")}
        </Button>
      </p>
    </Form>
  );
}

interface SignInLinkProps {
  readonly linking: { readonly error: unknown; readonly failureCount: number };
  readonly name: string;
  readonly onAnswer: (answer: SignInAnswer) => Promise<void>;
}

/** For an account whose password alone is not enough. */
function SignInLink({ linking, name, onAnswer }: SignInLinkProps) {
  const t = useTranslations("openid");
  return (
    <>
      <p>{t("linkOther", { name })}</p>
      <CallFailure
        call={linking}
        words={(error) => (isLecternError(error, "LinkNotUsable") ? t("overWords") : undefined)}
      />
      <PasswordForm onAnswer={onAnswer} />
      <PasskeySignIn onAnswer={onAnswer} />
    </>
  );
}
