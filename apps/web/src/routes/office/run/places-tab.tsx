import type { RunForStaff } from "@lectern/contract/run-office";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { Facts, RecordSection } from "../../../office/record-page.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { BlockForm } from "./block-form.tsx";
import { CapacityForm } from "./capacity-form.tsx";
import { MoreButton } from "./more-button.tsx";
import { useRunChanged } from "./use-run.ts";

const PARTS = ["booked", "awaited", "held", "offered", "blocked", "free"] as const;

/** How many places a date has, whose they are, and how that is changed. */
export function PlacesTab({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const { places, can } = run;
  const at = (instant: string | null) =>
    instant === null ? "–" : <OfficeInstant instant={instant} timeZone={run.timeZone} />;
  return (
    <>
      <RecordSection title={t("capacity")}>
        <div className="run-bar" aria-hidden="true">
          {PARTS.map((part) =>
            places[part] === 0 ? null : (
              <span key={part} data-part={part} style={{ flexGrow: places[part] }} />
            ),
          )}
        </div>
        <dl className="run-places">
          {PARTS.map((part) => (
            <div key={part} data-part={part}>
              <dt>{t(`places_${part}`)}</dt>
              <dd className="figures">{places[part]}</dd>
            </div>
          ))}
        </dl>
        {can.changeCapacity ? <CapacityForm run={run} /> : null}
        <Facts
          facts={[
            [t("minimum"), String(run.minPlaces)],
            [t("perBooker"), String(run.placesPerBooker)],
            [t("booksFrom"), at(run.bookingOpensAt)],
            [t("booksUntil"), at(run.bookingClosesAt)],
          ]}
        />
      </RecordSection>
      {can.blockPlaces ? (
        <RecordSection title={t("block")}>
          <BlockForm run={run} />
        </RecordSection>
      ) : null}
      <Ledger run={run} />
    </>
  );
}

function Ledger({ run }: { run: RunForStaff }) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const list = useInfiniteQuery(
    api.runs.ledger.infiniteQueryOptions(
      { id: run.id, limit: 50 },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  return (
    <RecordSection title={t("ledger")}>
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p>{t("ledgerEmpty")}</p>;
          return (
            <>
              <ul className="run-ledger">
                {items.map((item) => (
                  <li key={item.allocationId}>
                    <span className="figures run-ledger-count">{item.quantity}</span>
                    <span>{t(`kind_${item.kind}`)}</span>
                    <span>
                      {item.reference === null ? (
                        item.note
                      ) : (
                        <OfficeLink href={`/office/bookings/${item.reference}`}>
                          {item.reference}
                        </OfficeLink>
                      )}
                    </span>
                    <span>
                      {item.expiresAt === null ? (
                        <OfficeInstant instant={item.takenAt} timeZone={run.timeZone} />
                      ) : (
                        <>
                          {t("ledgerUntil")}{" "}
                          <OfficeInstant instant={item.expiresAt} timeZone={run.timeZone} />
                        </>
                      )}
                    </span>
                    {item.kind === "block" && run.can.blockPlaces ? (
                      <Unblock
                        runId={run.id}
                        allocationId={item.allocationId}
                        count={item.quantity}
                      />
                    ) : null}
                  </li>
                ))}
              </ul>
              <MoreButton list={list} />
            </>
          );
        }}
      </Loaded>
    </RecordSection>
  );
}

interface UnblockProps {
  readonly runId: string;
  readonly allocationId: string;
  readonly count: number;
}

function Unblock({ runId, allocationId, count }: UnblockProps) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const undo = useUndo();
  const changed = useRunChanged(runId);
  const call = useCall(
    api.runs.unblockPlaces.mutationOptions({
      onSuccess: () => {
        undo.say(t("unblocked", { count }));
        changed();
      },
      onError: changed,
    }),
  );
  return (
    <Button
      variant="outline"
      size="small"
      isBusy={call.isPending}
      onClick={() => call.mutate({ allocationId, idempotencyKey: call.keyOf(allocationId) })}
    >
      {t("unblock")}
    </Button>
  );
}
