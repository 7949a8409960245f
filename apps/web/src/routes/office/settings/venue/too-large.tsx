import type { RoomDetail } from "@lectern/contract/venues";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useAccountWords } from "../../../../account/use-account-words.ts";
import { useApi } from "../../../../data/api.ts";
import { OfficeLink } from "../../../../office/office-link.tsx";
import { OfficeTime } from "../../../../office/office-time.tsx";
import { useSettled } from "../../../../office/use-settled.ts";

const PAUSE_MS = 300;
const MOST = 100_000;

/** Which dates would have more places than a room, if it were as large as is wanted. */
export function TooLarge({ room, wanted }: { room: RoomDetail; wanted: number }) {
  const t = useTranslations("officeVenues");
  const words = useAccountWords();
  const settled = Number(useSettled(String(wanted), PAUSE_MS));
  const isSmaller =
    Number.isInteger(settled) && settled > 0 && settled < room.capacity && settled <= MOST;
  const tooLarge = useQuery(
    useApi().venues.tooLarge.queryOptions(
      { id: room.id, capacity: isSmaller ? settled : room.capacity },
      { enabled: isSmaller, staleTime: 0 },
    ),
  );
  if (!isSmaller) return <div role="status" />;
  if (tooLarge.isError) return <p role="alert">{words(tooLarge.error)}</p>;
  if (tooLarge.data === undefined) return <p role="status">{t("looking")}</p>;
  const { items, total } = tooLarge.data;
  return (
    <div role="status" className="office-venue-too-large" data-any={total > 0}>
      <p>{t("tooLarge", { count: total, capacity: String(settled) })}</p>
      {total === 0 ? null : (
        <>
          <ul>
            {items.map((run) => (
              <li key={run.id}>
                <OfficeLink href={`/office/runs/${run.id}`}>{run.course.title}</OfficeLink>
                <OfficeTime when={run} />
                <span className="aside-note">
                  {t("placesOf", { taken: String(run.taken), capacity: String(run.capacity) })}
                </span>
              </li>
            ))}
          </ul>
          {total > items.length ? <p>{t("andMore", { count: total - items.length })}</p> : null}
          <p className="aside-note">{t("tooLargeWords")}</p>
        </>
      )}
    </div>
  );
}
