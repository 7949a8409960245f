import type { RouterOutputs } from "@lectern/client";
import type { OrganisationRole } from "@lectern/contract/vocabulary";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../account/call-failure.tsx";
import { Loaded } from "../account/loaded.tsx";
import { Said } from "../account/said.tsx";
import { useCall } from "../account/use-call.ts";
import { Button } from "../components/button.tsx";
import { useApi } from "../data/api.ts";
import { Dialog, DialogActions } from "../dialog/dialog.tsx";
import { FurtherItems } from "../account/further-items.tsx";
import { OrganisationPart, useOrganisationSurroundings } from "./organisation-surroundings.tsx";
import "./organisation-people.css";

type Member = RouterOutputs["organisations"]["members"]["items"][number];

/** What somebody can be in a company. */
export const ROLES: readonly OrganisationRole[] = ["learner", "company_booker", "company_manager"];

interface MembersProps {
  readonly organisationId: string;
  readonly ownId: string;
  /** Whether they can be changed. */
  readonly mayChange?: boolean;
}

/** The people of a company, and what each may do. */
export function Members({ organisationId, ownId, mayChange = true }: MembersProps) {
  const { againMs } = useOrganisationSurroundings();
  const t = useTranslations("organisation");
  const api = useApi();
  const queryClient = useQueryClient();
  const members = useInfiniteQuery(
    api.organisations.members.infiniteQueryOptions(
      { organisationId },
      { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0, refetchInterval: againMs },
    ),
  );
  function readAgain(): void {
    void queryClient.invalidateQueries(api.organisations.members.pathFilter());
    // It may have been oneself.
    void queryClient.invalidateQueries(api.account.me.queryFilter());
  }
  return (
    <OrganisationPart id="members" title={t("members")} words={t("membersWords")}>
      <Loaded query={members}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p>{t("membersNone")}</p>;
          return (
            <>
              <ul className="organisation-people">
                {items.map((member) => (
                  <OneMember
                    key={member.personId}
                    organisationId={organisationId}
                    member={member}
                    isOwn={member.personId === ownId}
                    mayChange={mayChange}
                    onChanged={readAgain}
                  />
                ))}
              </ul>
              <FurtherItems list={members} shown={items.length} total={pages[0]?.total ?? 0} />
            </>
          );
        }}
      </Loaded>
    </OrganisationPart>
  );
}

interface OneMemberProps {
  readonly organisationId: string;
  readonly member: Member;
  readonly isOwn: boolean;
  readonly mayChange: boolean;
  readonly onChanged: () => void;
}

function OneMember({ organisationId, member, isOwn, mayChange, onChanged }: OneMemberProps) {
  const t = useTranslations("organisation");
  const api = useApi();
  const [isAsking, setIsAsking] = useState(false);
  const { MemberLink } = useOrganisationSurroundings();
  const { personId, name, email, role, isSuspended } = member;
  const changing = useCall(api.organisations.changeRole.mutationOptions({ onSuccess: onChanged }));
  const removing = useCall(
    api.organisations.removeMember.mutationOptions({ onSuccess: onChanged }),
  );
  const about = { organisationId, personId };
  // Until it is saved, what was chosen is shown; if that fails, what is.
  const shown = changing.isPending ? changing.variables.role : role;
  return (
    <li className="organisation-person">
      <div>
        <p>
          <span className="organisation-person-name">
            <MemberLink id={personId}>{name}</MemberLink>
          </span>
          {isOwn ? ` (${t("you")})` : null}
          {isSuspended ? ` (${t("suspended")})` : null}
        </p>
        <p className="aside-note">{email}</p>
      </div>
      {mayChange ? null : <p>{t(`role_${role}`)}</p>}
      <div className="organisation-person-ways" hidden={!mayChange}>
        <label>
          <span className="visually-hidden">{t("roleOf", { name })}</span>
          <select
            className="select"
            value={shown}
            onChange={({ target }) => {
              const chosen = ROLES.find((each) => each === target.value);
              if (chosen === undefined || changing.isPending) return;
              const wish = { ...about, role: chosen };
              changing.mutate({ ...wish, idempotencyKey: changing.keyOf(wish) });
            }}
          >
            {ROLES.map((each) => (
              <option key={each} value={each}>
                {t(`role_${each}`)}
              </option>
            ))}
          </select>
        </label>
        <Button
          size="small"
          variant="outline"
          isBusy={removing.isPending}
          onClick={() => setIsAsking(true)}
        >
          <span aria-hidden="true">{t("remove")}</span>
          <span className="visually-hidden">{t("removeOf", { name })}</span>
        </Button>
        <Said>{changing.isSuccess ? t("roleChanged") : ""}</Said>
      </div>
      <CallFailure call={changing} />
      <CallFailure call={removing} />
      {isAsking ? (
        <Dialog title={t("removeTitle", { name })} onClose={() => setIsAsking(false)}>
          {(close) => (
            <>
              <p>{t("removeWords")}</p>
              <DialogActions>
                <Button variant="outline" onClick={close}>
                  {t("cancel")}
                </Button>
                <Button
                  onClick={() => {
                    close();
                    removing.mutate({ ...about, idempotencyKey: removing.keyOf(about) });
                  }}
                >
                  {t("remove")}
                </Button>
              </DialogActions>
            </>
          )}
        </Dialog>
      ) : null}
    </li>
  );
}
