import { Link, getRouteApi, useNavigate } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { EntryFrame } from "../../../account/entry-frame.tsx";
import { NewAccountFields } from "../../../account/new-account-fields.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { readersLanguage, readersTimeZone } from "../../../browser/reader.ts";
import { Button } from "../../../components/button.tsx";
import { useIsHydrated } from "../../../components/use-is-hydrated.ts";
import { useApi } from "../../../data/api.ts";
import { fieldText, secretText } from "../../../forms/contract-shape.ts";
import { ConsentField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { AccountWords } from "../../../messages/account-words.tsx";

const route = getRouteApi("/sign-up");

export function SignUpPage() {
  return (
    <AccountWords>
      <SignUp />
    </AccountWords>
  );
}

function SignUp() {
  const t = useTranslations("signUp");
  const search = route.useSearch();
  return (
    <EntryFrame
      title={t("heading")}
      lede={t("lede")}
      side={
        <section>
          <h2>{t("sideTitle")}</h2>
          <p>{t("sideWords")}</p>
          <Link to="/sign-in" search={search} className="onward">
            {t("sideAction")}
          </Link>
        </section>
      }
    >
      <SignUpForm />
    </EntryFrame>
  );
}

async function loadShape() {
  const { SignUpInput } = await import("@lectern/contract/accounts");
  return SignUpInput;
}

function SignUpForm() {
  const t = useTranslations("signUp");
  const tAccount = useTranslations("account");
  const isHydrated = useIsHydrated();
  const navigate = useNavigate();
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().account.signUp.mutationOptions(),
    inputOf: (data) => ({
      name: fieldText(data, "name"),
      email: fieldText(data, "email"),
      password: secretText(data, "password"),
      language: readersLanguage(),
      timeZone: readersTimeZone(),
      acceptsTerms: data.has("acceptsTerms"),
      acceptsNewsletter: data.has("acceptsNewsletter"),
    }),
    judgedByServer: ["password"],
    onDone: (_, { email }) => navigate({ to: "/sign-up/check-mail", state: { email } }),
  });
  return (
    <Form {...formProps}>
      <noscript>
        <p>{tAccount("noScript")}</p>
      </noscript>
      <CallFailure call={sending} />
      <ProblemCount problems={problems} />
      <NewAccountFields problems={problems} />
      <div className="form-part">
        <ConsentField
          name="acceptsTerms"
          problems={problems}
          label={
            <>
              {t("terms")} <Link to="/privacy">{t("termsMore")}</Link>
            </>
          }
        />
        <ConsentField
          name="acceptsNewsletter"
          problems={problems}
          label={t("newsletter")}
          isOptional
        />
      </div>
      <p>
        <Button type="submit" size="large" isBusy={sending.isPending} isDisabled={!isHydrated}>
          {t(sending.isPending ? "sending" : "send")}
        </Button>
      </p>
    </Form>
  );
}
