import type { RouterOutputs } from "@lectern/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useCall } from "../../../account/use-call.ts";
import { noteSettings } from "../../../account/forget-person.ts";
import { LEAVING, leave } from "../../../account/use-sign-out.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";
import { EndingRow } from "./ending-row.tsx";

type SignIn = RouterOutputs["account"]["sessions"]["items"][number];

/** Where somebody is signed in, and an end to each. */
export function Sessions() {
  const t = useTranslations("security");
  const api = useApi();
  const sessions = useQuery(api.account.sessions.queryOptions(undefined, { staleTime: 0 }));
  const leaving = useCall(api.account.signOutEverywhere.mutationOptions(LEAVING));
  return (
    <AccountPart id="sessions" title={t("sessions")} words={t("sessionsWords")}>
      <Loaded query={sessions}>
        {({ items }) => (
          <ul className="security-list">
            {items.map((session) => (
              <OneSession key={session.id} session={session} />
            ))}
          </ul>
        )}
      </Loaded>
      <CallFailure call={leaving} />
      <Button
        variant="outline"
        isBusy={leaving.isPending}
        onClick={() => leaving.mutate({ idempotencyKey: leaving.keyOf("everywhere") })}
      >
        {t("signOutEverywhere")}
      </Button>
    </AccountPart>
  );
}

function OneSession({ session }: { session: SignIn }) {
  const t = useTranslations("security");
  const api = useApi();
  const queryClient = useQueryClient();
  const { id, device, method, hasSecondFactor, address, createdAt, lastSeenAt } = session;
  const end = api.account.revokeSession.mutationOptions({
    onMutate: noteSettings,
    onSuccess: () =>
      session.isThisOne
        ? leave()
        : queryClient.invalidateQueries(api.account.sessions.queryFilter()),
  });
  const how = t(`method_${method}`);
  return (
    <EndingRow
      id={id}
      name={device}
      mark={session.isThisOne ? <span className="security-here">{t("thisBrowser")}</span> : null}
      action={t("signOutOne")}
      end={end}
    >
      <p className="aside-note">
        {hasSecondFactor && method !== "passkey" ? t("methodAndFactor", { how }) : how}
        {address === null ? null : <> · {address}</>}
      </p>
      <p className="aside-note">
        <Localized>
          {t("sessionTimes", {
            since: formatInstant(createdAt),
            last: formatInstant(lastSeenAt),
          })}
        </Localized>
      </p>
    </EndingRow>
  );
}
