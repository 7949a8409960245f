import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import type { WaitlistListItem } from "@lectern/contract/waitlist";
import { Loaded } from "../../../account/loaded.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useApi } from "../../../data/api.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { StateBadge } from "../../../office/state-badge.tsx";
import { MoreButton } from "./more-button.tsx";

type Party = z.infer<typeof WaitlistListItem>;

/** Who waits for places of a date, in their order, and why they have none yet. */
export function WaitingTab({ runId, timeZone }: { runId: string; timeZone: string }) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const [isAll, setIsAll] = useState(false);
  const list = useInfiniteQuery(
    api.waitlist.list.infiniteQueryOptions(
      { runId, limit: 50, statuses: isAll ? null : ["waiting", "offered"] },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  return (
    <RecordSection
      title={t("tabWaiting")}
      actions={
        <label className="run-all">
          <input
            type="checkbox"
            checked={isAll}
            onChange={({ currentTarget }) => setIsAll(currentTarget.checked)}
          />{" "}
          {t("waitingEnded")}
        </label>
      }
    >
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return <EmptyState title={t("waitingEmptyTitle")} words={t("waitingEmptyWords")} />;
          }
          return (
            <>
              <ol className="run-waiting">
                {items.map((party) => (
                  <li key={party.entryId}>
                    <WaitingParty party={party} timeZone={timeZone} />
                  </li>
                ))}
              </ol>
              <MoreButton list={list} />
            </>
          );
        }}
      </Loaded>
    </RecordSection>
  );
}

function WaitingParty({ party, timeZone }: { party: Party; timeZone: string }) {
  const t = useTranslations("officeRun");
  const { position, offer, skips, reference } = party;
  const tone = party.status === "offered" ? "waiting" : party.endedAt === null ? "neutral" : "over";
  return (
    <>
      <p className="run-waiting-place figures">{position ?? "–"}</p>
      <div>
        <p className="run-waiting-name">
          <strong>{party.name}</strong>
          {party.company === null ? null : <span>{party.company}</span>}
          <StateBadge tone={tone}>{t(`waitlist_${party.status}`)}</StateBadge>
        </p>
        <p className="facts">
          <span>{party.email}</span>
          <span>
            {t("wantsPlaces", { count: party.quantity, fewer: String(party.takesFewer) })}
          </span>
          <span>
            {t("since")} <OfficeInstant instant={party.joinedAt} timeZone={timeZone} />
          </span>
          {reference === null ? null : (
            <OfficeLink href={`/office/bookings/${reference}`}>{reference}</OfficeLink>
          )}
        </p>
        {offer === null ? null : (
          <p>
            {t("offerUntil", { count: offer.quantity })}{" "}
            <OfficeInstant instant={offer.expiresAt} timeZone={timeZone} />
          </p>
        )}
        {party.status !== "waiting" && skips.length === 0 ? null : (
          <details className="run-why">
            <summary>{t("why")}</summary>
            {skips.length === 0 ? (
              <p>{t("neverSkipped")}</p>
            ) : (
              <ul>
                {skips.map((skip) => (
                  <li key={skip.at}>
                    <OfficeInstant instant={skip.at} timeZone={timeZone} />:{" "}
                    {t(`skip_${skip.reason}`, { free: skip.free, wanted: String(skip.wanted) })}
                  </li>
                ))}
              </ul>
            )}
          </details>
        )}
      </div>
    </>
  );
}
