import type { MailSummary } from "@lectern/contract/mail";
import { Id } from "@lectern/contract/primitives";
import { MAIL_KINDS, MAIL_STATES, MailKind, MailState } from "@lectern/contract/vocabulary";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Button } from "../../../../components/button.tsx";
import { EmptyState } from "../../../../components/empty-state.tsx";
import { useApi } from "../../../../data/api.ts";
import { compareNames } from "../../../../format/names.ts";
import { manyFilter, oneFilter, textFilter } from "../../../../office/address-filters.ts";
import { BulkBar } from "../../../../office/bulk-bar.tsx";
import { FilterBar } from "../../../../office/filter-bar.tsx";
import { useMay } from "../../../../office/office-me.ts";
import { type OfficeColumn, OfficeTable } from "../../../../office/office-table.tsx";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { useSelection } from "../../../../office/use-selection.ts";
import { SettingsFrame } from "../settings-frame.tsx";
import { MailBadge } from "./mail-badge.tsx";
import { MailPanel } from "./mail-panel.tsx";
import { useMailActions } from "./use-mail-actions.ts";
import "./office-mail.css";

const FILTERS = z.object({
  to: textFilter(254),
  state: manyFilter(MailState),
  kind: manyFilter(MailKind),
  about: oneFilter(Id),
});
const OPEN = z.object({ mail: oneFilter(Id) });

const PAGE = 50;
const AGAIN_MS = 15_000;

function keyOf({ id }: MailSummary): string {
  return id;
}

function nameOf({ subject, recipient }: MailSummary): string {
  return `${subject}, ${recipient.email}`;
}

/** Every mail that was written, and what became of it. */
export function OfficeMailPage() {
  const t = useTranslations("officeMail");
  const api = useApi();
  const may = useMay();
  const filters = useAddressFilters(FILTERS);
  const open = useAddressFilters(OPEN);
  const { to, state, kind, about } = filters.filters;
  const list = useInfiniteQuery(
    api.mail.list.infiniteQueryOptions(
      {
        recipient: to ?? null,
        states: state ?? null,
        kinds: kind ?? null,
        aboutId: about ?? null,
        limit: PAGE,
      },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: keepPreviousData,
        refetchInterval: ({ state: shown }) =>
          (shown.data?.pages.length ?? 0) > 3 ? false : AGAIN_MS,
      },
    ),
  );
  const selection = useSelection(keyOf);
  const { mail } = open.filters;
  return (
    <SettingsFrame part="mail">
      <FilterBar page="mail" filters={filters} fields={useFields()} />
      {about === undefined ? null : (
        <p className="office-mail-about">
          {t("aboutOne")}{" "}
          <Button variant="outline" size="small" onClick={() => filters.set({ about: undefined })}>
            {t("aboutAll")}
          </Button>
        </p>
      )}
      <OfficeTable
        label={t("mails")}
        list={list}
        columns={useColumns()}
        keyOf={keyOf}
        nameOf={nameOf}
        onOpen={({ id }) => open.set({ mail: id })}
        {...(may("jobs.write") && { selection })}
        empty={
          filters.count === 0 ? (
            <EmptyState title={t("emptyTitle")} words={t("emptyWords")} />
          ) : (
            <EmptyState title={t("noneTitle")} words={t("noneWords")} />
          )
        }
      />
      <BulkBar selection={selection} keyOf={keyOf} nameOf={nameOf} actions={useMailActions()} />
      {mail === undefined ? null : (
        <MailPanel
          key={mail}
          id={mail}
          onClose={open.clear}
          onAbout={(aboutId) => filters.apply(`?about=${aboutId}`)}
        />
      )}
    </SettingsFrame>
  );
}

function useFields() {
  const t = useTranslations("officeMail");
  return [
    { kind: "text", name: "to", words: t("search") },
    {
      kind: "many",
      name: "state",
      words: t("state"),
      choices: MAIL_STATES.map((value) => ({ value, words: t(`state_${value}`) })),
    },
    {
      kind: "many",
      name: "kind",
      words: t("kind"),
      choices: MAIL_KINDS.map((value) => ({ value, words: t(`kind_${value}`) })).toSorted(
        (one, other) => compareNames(one.words, other.words),
      ),
    },
  ] as const;
}

function useColumns(): OfficeColumn<MailSummary>[] {
  const t = useTranslations("officeMail");
  return [
    {
      id: "subject",
      head: t("subject"),
      cell: ({ subject, kind }) => (
        <span className="office-mail-subject">
          <strong>{subject}</strong>
          <span>{t(`kind_${kind}`)}</span>
        </span>
      ),
      width: "minmax(14rem, 2.4fr)",
    },
    {
      id: "recipient",
      head: t("recipient"),
      cell: ({ recipient }) => (
        <span className="office-mail-recipient">
          <span>{recipient.name}</span>
          <span>{recipient.email}</span>
        </span>
      ),
      width: "minmax(11rem, 1.6fr)",
    },
    {
      id: "state",
      head: t("state"),
      cell: ({ state }) => <MailBadge state={state} />,
      width: "8rem",
    },
    {
      id: "when",
      head: t("written"),
      cell: ({ createdAt }) => <OfficeInstant instant={createdAt} />,
      width: "13rem",
    },
  ];
}
