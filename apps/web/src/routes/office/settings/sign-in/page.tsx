import type { IdentityProvider } from "@lectern/contract/identity";
import { Id } from "@lectern/contract/primitives";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { EmptyState } from "../../../../components/empty-state.tsx";
import { useApi } from "../../../../data/api.ts";
import { oneFilter } from "../../../../office/address-filters.ts";
import { type OfficeColumn, OfficeTable } from "../../../../office/office-table.tsx";
import { StateBadge } from "../../../../office/state-badge.tsx";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { SettingsFrame } from "../settings-frame.tsx";
import { ProviderPanel } from "./provider-panel.tsx";
import "./office-sign-in.css";

const OPEN = z.object({ provider: oneFilter(Id) });

const PAGE = 50;
const AGAIN_MS = 30_000;

function keyOf({ id }: IdentityProvider): string {
  return id;
}

function nameOf({ name }: IdentityProvider): string {
  return name;
}

/** The providers at which staff and people of companies sign in. */
export function OfficeSignInPage() {
  const t = useTranslations("officeSignIn");
  const api = useApi();
  const open = useAddressFilters(OPEN);
  const list = useInfiniteQuery(
    api.identity.listProviders.infiniteQueryOptions(
      { limit: PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 3 ? false : AGAIN_MS),
      },
    ),
  );
  const opened = list.data?.pages
    .flatMap(({ items }) => items)
    .find(({ id }) => id === open.filters.provider);
  return (
    <SettingsFrame part="sign-in">
      <OfficeTable
        label={t("providers")}
        list={list}
        columns={useColumns()}
        keyOf={keyOf}
        nameOf={nameOf}
        onOpen={({ id }) => open.set({ provider: id })}
        empty={<EmptyState title={t("noneTitle")} words={t("noneWords")} />}
      />
      {opened === undefined ? null : (
        <ProviderPanel key={opened.id} provider={opened} onClose={open.clear} />
      )}
    </SettingsFrame>
  );
}

function useColumns(): OfficeColumn<IdentityProvider>[] {
  const t = useTranslations("officeSignIn");
  return [
    {
      id: "name",
      head: t("name"),
      cell: ({ name, issuer }) => (
        <span className="office-sign-in-name">
          <strong>{name}</strong>
          <span>{issuer}</span>
        </span>
      ),
      width: "minmax(14rem, 2fr)",
    },
    {
      id: "for",
      head: t("whose"),
      cell: ({ organisation }) => organisation?.name ?? t("staff"),
      width: "minmax(9rem, 1fr)",
    },
    {
      id: "state",
      head: t("state"),
      cell: ({ isEnabled }) => (
        <StateBadge tone={isEnabled ? "good" : "over"}>
          {t(isEnabled ? "enabled" : "disabled")}
        </StateBadge>
      ),
      width: "7rem",
    },
    {
      id: "people",
      head: t("people"),
      cell: ({ people }) => String(people),
      width: "7rem",
      isNumber: true,
    },
  ];
}
