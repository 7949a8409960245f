import type { PersonSummary } from "@lectern/contract/people";
import { ROLES, Role } from "@lectern/contract/vocabulary";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { useRoleWords } from "../../../account/role-words.ts";
import { Button } from "../../../components/button.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstant, formatInstantDay } from "../../../format/dates.ts";
import { oneFilter, textFilter } from "../../../office/address-filters.ts";
import { BulkBar } from "../../../office/bulk-bar.tsx";
import { FilterBar } from "../../../office/filter-bar.tsx";
import { useMay } from "../../../office/office-me.ts";
import { OfficePage } from "../../../office/office-page.tsx";
import { type OfficeColumn, OfficeTable } from "../../../office/office-table.tsx";
import { StateBadge } from "../../../office/state-badge.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { useSelection } from "../../../office/use-selection.ts";
import { useShortcut } from "../../../office/use-shortcut.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { useBulkActions } from "./use-bulk-actions.tsx";
import { useHeldWords } from "./use-role-words.ts";
import "./office-people.css";

const STATES = ["active", "suspended"] as const;

const FILTERS = z.object({
  q: textFilter(),
  role: oneFilter(Role),
  state: oneFilter(z.enum(STATES)),
});

const PAGE = 50;
/** What others do shows up by itself, unless very much is loaded. */
const AGAIN_MS = 10_000;

function keyOf({ id }: PersonSummary): string {
  return id;
}

function nameOf({ name }: PersonSummary): string {
  return name;
}

/** Everybody with an account: found, invited to work for the academy, and kept out. */
export function OfficePeoplePage() {
  const t = useTranslations("officePeople");
  const api = useApi();
  const may = useMay();
  const filters = useAddressFilters(FILTERS);
  const { q, role, state } = filters.filters;
  const list = useInfiniteQuery(
    api.people.list.infiniteQueryOptions(
      {
        query: q ?? null,
        role: role ?? null,
        isSuspended: state === undefined ? null : state === "suspended",
        limit: PAGE,
      },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: keepPreviousData,
        refetchInterval: ({ state: of }) => ((of.data?.pages.length ?? 0) > 3 ? false : AGAIN_MS),
      },
    ),
  );
  const selection = useSelection(keyOf);
  const actions = useBulkActions();
  const [isInviting, setIsInviting] = useState(false);
  const canInvite = may("roles.write");
  const invite = () => setIsInviting(true);
  useShortcut("n", t("invite"), { isOff: !canInvite, run: invite });
  return (
    <OfficePage
      title={t("title")}
      lede={t("lede")}
      actions={canInvite ? <Button onClick={invite}>{t("invite")}</Button> : undefined}
    >
      <FilterBar page="people" filters={filters} fields={useFields()} />
      <OfficeTable
        label={t("title")}
        list={list}
        columns={useColumns()}
        keyOf={keyOf}
        nameOf={nameOf}
        hrefOf={({ id }) => `/office/people/${id}`}
        {...(actions.length > 0 && { selection })}
        empty={<EmptyState title={t("noneTitle")} words={t("noneWords")} />}
      />
      <BulkBar selection={selection} keyOf={keyOf} nameOf={nameOf} actions={actions} />
      {isInviting ? <InviteDialog onClose={() => setIsInviting(false)} /> : null}
    </OfficePage>
  );
}

function useFields() {
  const t = useTranslations("officePeople");
  const roleWords = useRoleWords();
  return [
    { kind: "text", name: "q", words: t("search") },
    {
      kind: "one",
      name: "role",
      words: t("role"),
      choices: ROLES.map((value) => ({ value, words: roleWords(value) })),
    },
    {
      kind: "one",
      name: "state",
      words: t("state"),
      choices: STATES.map((value) => ({ value, words: t(`state_${value}`) })),
    },
  ] as const;
}

/** So many roles are named; of more, how many there are. */
const ROLES_SHOWN = 2;

function useColumns(): OfficeColumn<PersonSummary>[] {
  const t = useTranslations("officePeople");
  const { heldOf } = useHeldWords();
  return [
    {
      id: "name",
      head: t("name"),
      cell: ({ name, email }) => (
        <span className="office-people-two">
          <strong>{name}</strong>
          <span>{email}</span>
        </span>
      ),
      width: "minmax(12rem, 2fr)",
    },
    {
      id: "roles",
      head: t("roles"),
      cell: ({ roles }) => {
        const more = roles.length - ROLES_SHOWN;
        if (roles.length === 0) return <span className="aside-note">{t("noRole")}</span>;
        return (
          <span className="office-people-two">
            {roles.slice(0, ROLES_SHOWN).map((held) => (
              <span key={held.assignmentId}>{heldOf(held)}</span>
            ))}
            {more > 0 ? <span>{t("rolesMore", { count: more })}</span> : null}
          </span>
        );
      },
      width: "minmax(11rem, 1.7fr)",
    },
    {
      id: "state",
      head: t("state"),
      cell: ({ isSuspended }) =>
        isSuspended ? (
          <StateBadge tone="bad">{t("state_suspended")}</StateBadge>
        ) : (
          <StateBadge>{t("activeNow")}</StateBadge>
        ),
      width: "8rem",
    },
    {
      id: "factor",
      head: t("secondFactor"),
      cell: ({ hasSecondFactor }) => t(hasSecondFactor ? "factorYes" : "factorNo"),
      width: "minmax(7rem, 0.8fr)",
    },
    {
      id: "seen",
      head: t("lastSeen"),
      cell: ({ lastSeenAt }) =>
        lastSeenAt === null ? t("neverSeen") : <Localized>{formatInstant(lastSeenAt)}</Localized>,
      width: "minmax(9rem, 1fr)",
    },
    {
      id: "created",
      head: t("since"),
      cell: ({ createdAt }) => <Localized>{formatInstantDay(createdAt)}</Localized>,
      width: "minmax(7.5rem, 0.9fr)",
    },
  ];
}
