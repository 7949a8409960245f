import type { KeyRotation } from "@lectern/contract/keys";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useAccountWords } from "../../../../account/use-account-words.ts";
import { useApi } from "../../../../data/api.ts";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { Facts, RecordSection } from "../../../../office/record-page.tsx";
import { StateBadge } from "../../../../office/state-badge.tsx";

const AGAIN_MS = 1500;

interface RotationProps {
  /** As it was when all values were counted. */
  readonly rotation: KeyRotation;
  /** How many values there are. */
  readonly total: number;
}

/** How far the latest change of keys has got: followed while it goes on. */
export function Rotation({ rotation: counted, total }: RotationProps) {
  const t = useTranslations("officeKeys");
  const words = useAccountWords();
  const api = useApi();
  const queryClient = useQueryClient();
  const isCounted = counted.doneAt !== null;
  const { data, error } = useQuery(
    api.keys.rotation.queryOptions(
      { id: counted.id },
      {
        enabled: !isCounted,
        staleTime: 0,
        refetchInterval: ({ state }) => (state.data?.doneAt == null ? AGAIN_MS : false),
      },
    ),
  );
  const rotation = isCounted ? counted : (data ?? counted);
  const isDone = rotation.doneAt !== null;
  useEffect(() => {
    // What each key encrypts is another now.
    if (isDone && !isCounted) void queryClient.invalidateQueries(api.keys.status.queryFilter());
  }, [isDone, isCounted, api, queryClient]);
  const { rewritten, unreadable, keyId, startedAt, doneAt } = rotation;
  return (
    <RecordSection title={t("rotation")}>
      <p role="status">
        <StateBadge tone={isDone ? "good" : "waiting"}>
          {t(isDone ? "rotationDone" : "rotationUnderWay")}
        </StateBadge>{" "}
        {t("rewritten", { count: rewritten, id: String(keyId) })}
      </p>
      {isDone ? null : (
        <progress
          className="office-keys-progress"
          aria-label={t("rotation")}
          value={Math.min(rewritten, total)}
          max={Math.max(total, 1)}
        />
      )}
      {error === null ? null : <p role="alert">{words(error)}</p>}
      <Facts
        facts={[
          [t("startedAt"), <OfficeInstant key="started" instant={startedAt} />],
          [
            t("doneAt"),
            doneAt === null ? t("notDone") : <OfficeInstant key="done" instant={doneAt} />,
          ],
          [t("unreadable"), unreadable === 0 ? t("unreadableNone") : String(unreadable)],
        ]}
      />
    </RecordSection>
  );
}
