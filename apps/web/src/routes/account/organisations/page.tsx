import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPages, AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useRoleWords } from "../../../account/role-words.ts";
import { Said } from "../../../account/said.tsx";
import { SignedIn } from "../../../account/signed-in.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { AccountWords } from "../../../messages/account-words.tsx";
import { type OwnOrganisation, organisationsOf } from "../../../organisation/organisation-role.ts";
import "./page.css";

export function OrganisationsPage() {
  return (
    <AccountWords>
      <SignedIn>{(me) => <Organisations own={organisationsOf(me)} />}</SignedIn>
    </AccountWords>
  );
}

/** The companies that somebody is in, and those that they can join. */
function Organisations({ own }: { own: readonly OwnOrganisation[] }) {
  const t = useTranslations("organisation");
  const api = useApi();
  const queryClient = useQueryClient();
  const [said, setSaid] = useState("");
  const joinable = useQuery(api.organisations.joinable.queryOptions(undefined, { staleTime: 0 }));
  async function onChanged(words: string): Promise<void> {
    await Promise.all([
      queryClient.invalidateQueries(api.account.me.queryFilter()),
      queryClient.invalidateQueries(api.organisations.joinable.queryFilter()),
    ]);
    setSaid(words);
  }
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("listHeading")}</h1>
        <AccountPages />
        <Said>{said}</Said>
      </header>
      <AccountPart id="own" title={t("listOwn")} words={t("listOwnWords")}>
        {own.length === 0 ? (
          <EmptyState title={t("listNone")} words={t("listNoneWords")} />
        ) : (
          <ul className="organisations">
            {own.map((organisation) => (
              <OneOrganisation
                key={organisation.id}
                organisation={organisation}
                onLeft={() => onChanged(t("left", { name: organisation.name }))}
              />
            ))}
          </ul>
        )}
      </AccountPart>
      <Loaded query={joinable}>
        {({ items }) =>
          items.length === 0 ? null : (
            <AccountPart id="joinable" title={t("joinable")} words={t("joinableWords")}>
              <ul className="organisations">
                {items.map((item) => (
                  <OneJoinable
                    key={item.id}
                    item={item}
                    onJoined={() => onChanged(t("joined", { name: item.name }))}
                  />
                ))}
              </ul>
            </AccountPart>
          )
        }
      </Loaded>
    </div>
  );
}

interface OneOrganisationProps {
  readonly organisation: OwnOrganisation;
  readonly onLeft: () => Promise<void>;
}

function OneOrganisation({ organisation: { id, name, role }, onLeft }: OneOrganisationProps) {
  const t = useTranslations("organisation");
  const roleWords = useRoleWords();
  const [isAsking, setIsAsking] = useState(false);
  const { keyOf, ...leaving } = useCall(
    useApi().organisations.leave.mutationOptions({ onSuccess: onLeft }),
  );
  const wish = { organisationId: id };
  return (
    <li className="organisations-one">
      <div>
        <p className="organisations-name">
          <Link to="/account/organisation/$id" params={{ id }}>
            {name}
          </Link>
        </p>
        <p className="aside-note">{roleWords(role)}</p>
      </div>
      <Button size="small" variant="outline" onClick={() => setIsAsking(true)}>
        {t("leave")}
        <span className="visually-hidden"> {name}</span>
      </Button>
      <CallFailure call={leaving} />
      {isAsking ? (
        <Dialog title={t("leaveTitle", { name })} onClose={() => setIsAsking(false)}>
          {(close) => (
            <>
              <p>{t("leaveWords")}</p>
              <DialogActions>
                <Button variant="outline" onClick={close}>
                  {t("cancel")}
                </Button>
                <Button
                  onClick={() => {
                    close();
                    leaving.mutate({ ...wish, idempotencyKey: keyOf(wish) });
                  }}
                >
                  {t("leave")}
                </Button>
              </DialogActions>
            </>
          )}
        </Dialog>
      ) : null}
    </li>
  );
}

interface OneJoinableProps {
  readonly item: { readonly id: string; readonly name: string; readonly domain: string };
  readonly onJoined: () => Promise<void>;
}

function OneJoinable({ item: { id, name, domain }, onJoined }: OneJoinableProps) {
  const t = useTranslations("organisation");
  const { keyOf, ...joining } = useCall(
    useApi().organisations.join.mutationOptions({ onSuccess: onJoined }),
  );
  const wish = { organisationId: id };
  return (
    <li className="organisations-one">
      <div>
        <p className="organisations-name">{name}</p>
        <p className="aside-note">{t("byDomain", { domain })}</p>
      </div>
      <Button
        size="small"
        isBusy={joining.isPending}
        onClick={() => joining.mutate({ ...wish, idempotencyKey: keyOf(wish) })}
      >
        {t("join")}
        <span className="visually-hidden"> {name}</span>
      </Button>
      <CallFailure call={joining} />
    </li>
  );
}
