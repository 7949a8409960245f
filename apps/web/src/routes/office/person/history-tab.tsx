import type { AuditEntry } from "@lectern/contract/audit";
import type { PersonDetail } from "@lectern/contract/people";
import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { useApi } from "../../../data/api.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { OfficeLink } from "../../../office/office-link.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { MoreButton } from "../run/more-button.tsx";
import { useSentence } from "./use-sentence.ts";

const PAGE = 50;
const AGAIN_MS = 10_000;
/** What people are called hardly changes. */
const NAMES_MS = 300_000;

/** What was done with an account, and by it, as the audit log has it. */
export function HistoryTab({ person }: { person: PersonDetail }) {
  const t = useTranslations("officePeople");
  const list = useInfiniteQuery(
    useApi().audit.list.infiniteQueryOptions(
      { entity: "person", entityId: person.id, limit: PAGE },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor,
        refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 2 ? false : AGAIN_MS),
      },
    ),
  );
  return (
    <RecordSection title={t("history")}>
      <Loaded query={list}>
        {({ pages }) => (
          <>
            <History person={person} entries={pages.flatMap((page) => page.items)} />
            <MoreButton list={list} />
          </>
        )}
      </Loaded>
    </RecordSection>
  );
}

interface HistoryProps {
  readonly person: PersonDetail;
  readonly entries: readonly AuditEntry[];
}

function History({ person, entries }: HistoryProps) {
  const t = useTranslations("officePeople");
  const names = useNames(
    entries.flatMap(({ actor }) =>
      actor.kind === "person" && actor.id !== null && actor.id !== person.id ? [actor.id] : [],
    ),
  );
  const sentence = useSentence();
  if (entries.length === 0) return <p>{t("historyNone")}</p>;
  function who({ kind, id }: AuditEntry["actor"]) {
    if (kind !== "person" || id === null) return t(`actor_${kind}`);
    if (id === person.id) return person.name;
    const name = names.get(id);
    if (name === undefined) return t("actor_person");
    return <OfficeLink href={`/office/people/${id}`}>{name}</OfficeLink>;
  }
  return (
    <ol className="office-person-history">
      {entries.map((entry) => (
        <li key={entry.id}>
          <OfficeInstant instant={entry.at} />
          <p>
            <strong>{who(entry.actor)}</strong> {sentence(entry)}
          </p>
        </li>
      ))}
    </ol>
  );
}

/** @returns what those are called who did something, those that are still there: each is asked for once */
function useNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const api = useApi();
  const found = useQueries({
    queries: [...new Set(ids)].map((id) =>
      api.people.byId.queryOptions({ id }, { staleTime: NAMES_MS, retry: false }),
    ),
  });
  return new Map(found.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data.name]])));
}
