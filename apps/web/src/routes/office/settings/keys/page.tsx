import type { KeysStatus } from "@lectern/contract/keys";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../../account/loaded.tsx";
import { Button } from "../../../../components/button.tsx";
import { useApi } from "../../../../data/api.ts";
import { formatNumber } from "../../../../format/numbers.ts";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { RecordSection } from "../../../../office/record-page.tsx";
import { StateBadge } from "../../../../office/state-badge.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";
import { Rotation } from "./rotation.tsx";
import "./office-keys.css";

/** Every encrypted value is read for it: it is asked again by whoever wants to know, and once a rotation is done. */
const KEPT_MS = 5 * 60_000;

/** The keys that personal fields are encrypted with, how much each encrypts, and changing them. */
export function OfficeKeysPage() {
  const t = useTranslations("officeKeys");
  const status = useQuery(
    useApi().keys.status.queryOptions(undefined, {
      staleTime: KEPT_MS,
      refetchOnWindowFocus: false,
    }),
  );
  const [isRotating, setIsRotating] = useState(false);
  const isUnderWay = status.data?.rotation?.doneAt === null;
  return (
    <SettingsFrame
      part="keys"
      actions={
        <>
          <Button
            variant="outline"
            isBusy={status.isFetching}
            onClick={() => void status.refetch()}
          >
            {t("countAgain")}
          </Button>
          <Button
            isDisabled={status.data === undefined || isUnderWay}
            onClick={() => setIsRotating(true)}
          >
            {t("rotate")}
          </Button>
        </>
      }
    >
      <Loaded query={status}>
        {(found) => (
          <div className="office-keys">
            <Keys status={found} />
            {found.rotation === null ? null : (
              <Rotation key={found.rotation.id} rotation={found.rotation} total={totalOf(found)} />
            )}
            {isRotating ? (
              <RotateDialog values={totalOf(found)} onClose={() => setIsRotating(false)} />
            ) : null}
          </div>
        )}
      </Loaded>
    </SettingsFrame>
  );
}

/** How many values there are to encrypt. */
function totalOf({ keys, plain }: KeysStatus): number {
  return keys.reduce((sum, { values }) => sum + values, plain);
}

function Keys({ status: { keys, plain, lost } }: { status: KeysStatus }) {
  const t = useTranslations("officeKeys");
  return (
    <RecordSection title={t("keys")}>
      <p className="office-keys-words">{t("words")}</p>
      <ul className="office-keys-list">
        {keys.toReversed().map(({ id, createdAt, isActive, values }) => (
          <li key={id}>
            <strong>{t("keyName", { id: String(id) })}</strong>
            <StateBadge tone={isActive ? "good" : values === 0 ? "over" : "waiting"}>
              {t(isActive ? "active" : values === 0 ? "empty" : "older")}
            </StateBadge>
            <span className="figures">{t("values", { count: values })}</span>
            <span className="aside-note">
              {t("made")} <OfficeInstant instant={createdAt} />
            </span>
          </li>
        ))}
      </ul>
      {plain === 0 ? null : <p>{t("plain", { count: plain })}</p>}
      {lost === 0 ? (
        <p>{t("noneLost")}</p>
      ) : (
        <p role="alert" className="office-keys-lost">
          {t("lost", { count: lost, values: formatNumber(lost) })}
        </p>
      )}
    </RecordSection>
  );
}
