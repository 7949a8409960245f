import { isLecternError } from "@lectern/client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";

interface CompanySignInProps {
  readonly next: string;
  /** What was typed as an address: its domain says which company it is. */
  readonly email: string | undefined;
  /** Name of a provider, from a link. */
  readonly slug: string | undefined;
}

/** Signing in at the provider of one's company, or of the academy's staff. */
export function CompanySignIn({ next, email, slug }: CompanySignInProps) {
  const t = useTranslations("signIn");
  const api = useApi();
  const options = useQuery(
    api.identity.options.queryOptions(
      email === undefined ? { ...(slug !== undefined && { slug }) } : { email },
      { placeholderData: (before) => before },
    ),
  );
  const { keyOf, ...beginning } = useCall(
    api.identity.begin.mutationOptions({
      onSuccess: ({ url }) => globalThis.location.assign(url),
    }),
  );
  const providers = options.data?.items ?? [];
  // While the browser goes there, nothing else is begun.
  const isBusy = beginning.isPending || beginning.isSuccess;
  return (
    <section aria-live="polite">
      <h2>{t("companyTitle")}</h2>
      <CallFailure
        call={beginning}
        words={(error) => (isLecternError(error, "NotFound") ? t("companyGone") : undefined)}
      />
      {providers.length === 0 ? <p>{t("companyWords")}</p> : null}
      {providers.map(({ slug: provider, name, isForStaff }) => (
        <div key={provider} className="sign-provider">
          {isForStaff ? <p>{t("companyStaff")}</p> : null}
          <Button
            variant="outline"
            isBusy={isBusy}
            onClick={() => {
              const wish = { provider, returnTo: next };
              beginning.mutate({ ...wish, idempotencyKey: keyOf(wish) });
            }}
          >
            {isBusy && beginning.variables?.provider === provider
              ? t("companyBusy")
              : t("companyAction", { name })}
          </Button>
        </div>
      ))}
    </section>
  );
}
