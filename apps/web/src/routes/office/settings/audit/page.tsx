import type { AuditEntry } from "@lectern/contract/audit";
import { ACTOR_KINDS } from "@lectern/contract/vocabulary";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Button } from "../../../../components/button.tsx";
import { EmptyState } from "../../../../components/empty-state.tsx";
import { useApi } from "../../../../data/api.ts";
import { compareNames } from "../../../../format/names.ts";
import { textFilter } from "../../../../office/address-filters.ts";
import { FilterBar } from "../../../../office/filter-bar.tsx";
import { type OfficeColumn, OfficeTable } from "../../../../office/office-table.tsx";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { useAddressFilters } from "../../../../office/use-address-filters.ts";
import { SettingsFrame } from "../settings-frame.tsx";
import { Actor } from "./actor.tsx";
import { EntryPanel } from "./entry-panel.tsx";
import { AUDITED, AUDIT_FILTERS, actionOf, inputOf } from "./filters.ts";
import { useSubjectWords } from "./use-subject-words.ts";
import "./office-audit.css";

const OPEN = z.object({ entry: textFilter(20) });

const PAGE = 50;
const AGAIN_MS = 15_000;

function keyOf({ id }: AuditEntry): string {
  return String(id);
}

function nameOf({ action, named }: AuditEntry): string {
  return named === null ? action : `${action} ${named}`;
}

/** Who changed what: narrowed by the address, each entry with what was there before and after. */
export function OfficeAuditPage() {
  const t = useTranslations("officeAudit");
  const api = useApi();
  const filters = useAddressFilters(AUDIT_FILTERS);
  const open = useAddressFilters(OPEN);
  const { action, id, actor } = filters.filters;
  const list = useInfiniteQuery(
    api.audit.list.infiniteQueryOptions(
      { ...inputOf(filters.filters), limit: PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        placeholderData: keepPreviousData,
        staleTime: 0,
        refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 3 ? false : AGAIN_MS),
      },
    ),
  );
  const opened = list.data?.pages
    .flatMap(({ items }) => items)
    .find((entry) => keyOf(entry) === open.filters.entry);
  return (
    <SettingsFrame part="audit">
      <FilterBar page="audit" filters={filters} fields={useFields()} />
      {action !== undefined && actionOf(action) === undefined ? (
        <p role="status">{t("noAction", { action })}</p>
      ) : null}
      {id === undefined && actor === undefined ? null : (
        <p className="office-audit-only">
          {t(id === undefined ? "onlyActor" : "onlySubject")}{" "}
          <Button
            variant="outline"
            size="small"
            onClick={() => filters.set({ id: undefined, actor: undefined })}
          >
            {t("listAll")}
          </Button>
        </p>
      )}
      <OfficeTable
        label={t("entries")}
        list={list}
        columns={useColumns()}
        keyOf={keyOf}
        nameOf={nameOf}
        onOpen={(entry) => open.set({ entry: keyOf(entry) })}
        empty={<EmptyState title={t("noneTitle")} words={t("noneWords")} />}
      />
      {opened === undefined ? null : (
        <EntryPanel
          key={opened.id}
          entry={opened}
          onClose={open.clear}
          onOnly={(only) => filters.set({ id: undefined, actor: undefined, ...only })}
        />
      )}
    </SettingsFrame>
  );
}

function useFields() {
  const t = useTranslations("officeAudit");
  return [
    { kind: "text", name: "action", words: t("search") },
    {
      kind: "one",
      name: "entity",
      words: t("subject"),
      choices: AUDITED.map((value) => ({ value, words: t(`entity_${value}`) })).toSorted(
        (one, other) => compareNames(one.words, other.words),
      ),
    },
    {
      kind: "one",
      name: "kind",
      words: t("who"),
      choices: ACTOR_KINDS.map((value) => ({ value, words: t(`actor_${value}`) })),
    },
    { kind: "day", name: "from", words: t("from") },
    { kind: "day", name: "to", words: t("to") },
  ] as const;
}

function useColumns(): OfficeColumn<AuditEntry>[] {
  const t = useTranslations("officeAudit");
  const subject = useSubjectWords();
  return [
    {
      id: "action",
      head: t("action"),
      cell: ({ action }) => <code className="office-audit-action">{action}</code>,
      width: "minmax(11rem, 1.3fr)",
    },
    {
      id: "subject",
      head: t("subject"),
      cell: (entry) => (
        <span className="office-audit-subject">
          <span>{entry.named ?? entry.entityId.slice(-12)}</span>
          <span>{subject(entry.entity)}</span>
        </span>
      ),
      width: "minmax(10rem, 1.5fr)",
    },
    {
      id: "changed",
      head: t("changed"),
      cell: ({ before, after }) => [...fieldsOf(before, after)].join(", "),
      width: "minmax(8rem, 1.2fr)",
    },
    {
      id: "who",
      head: t("who"),
      cell: ({ actor }) => <Actor actor={actor} />,
      width: "minmax(8rem, 1fr)",
    },
    {
      id: "at",
      head: t("when"),
      cell: ({ at }) => <OfficeInstant instant={at} />,
      width: "12rem",
    },
  ];
}

/** The names of the fields that an entry tells of. */
function fieldsOf(before: AuditEntry["before"], after: AuditEntry["after"]): ReadonlySet<string> {
  return new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
}
