import type { RouterOutputs } from "@lectern/client";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AccountPart } from "../../../account/account-frame.tsx";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Said } from "../../../account/said.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatInstant } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { DatedRow } from "../../../organisation/dated-row.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { FurtherItems } from "../../../account/further-items.tsx";
import { RefuseDialog } from "./refuse-dialog.tsx";

type Waiting = RouterOutputs["organisations"]["bookings"]["items"][number];

/** What somebody of the company wants to book, and somebody else has to approve. Nothing where nothing waits. */
export function Approvals({ organisationId }: { organisationId: string }) {
  const t = useTranslations("organisation");
  const api = useApi();
  const queryClient = useQueryClient();
  const [said, setSaid] = useState("");
  const waiting = useInfiniteQuery(
    api.organisations.bookings.infiniteQueryOptions(
      { organisationId, status: "awaiting_approval" },
      { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0 },
    ),
  );
  const items = waiting.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0 && said === "") return null;
  function onDecided(words: string): void {
    setSaid(words);
    void queryClient.invalidateQueries(api.organisations.pathFilter());
  }
  return (
    <AccountPart id="approvals" title={t("approvals")} words={t("approvalsWords")}>
      <Said>{said}</Said>
      <ul className="organisation-list">
        {items.map((booking) => (
          <OneApproval key={booking.reference} booking={booking} onDecided={onDecided} />
        ))}
      </ul>
      <FurtherItems
        list={waiting}
        shown={items.length}
        total={waiting.data?.pages[0]?.total ?? 0}
      />
    </AccountPart>
  );
}

interface OneApprovalProps {
  readonly booking: Waiting;
  readonly onDecided: (words: string) => void;
}

function OneApproval({ booking, onDecided }: OneApprovalProps) {
  const t = useTranslations("organisation");
  const tTrainings = useTranslations("trainings");
  const words = useRefusalWords();
  const [isRefusing, setIsRefusing] = useState(false);
  const { reference, run, places, total, booker, approver, expiresAt, isOwn } = booking;
  const { keyOf, ...approving } = useCall(
    useApi().bookings.approve.mutationOptions({
      onSuccess: () => onDecided(t("approved", { reference })),
    }),
  );
  return (
    <DatedRow
      run={run}
      facts={
        <>
          <span>{tTrainings("places", { count: places })}</span>
          <strong>
            {total === null ? t("onRequest") : <Localized>{formatMoney(total)}</Localized>}
          </strong>
          {booker === null ? null : <span>{t("bookingBy", { name: booker.name })}</span>}
          {expiresAt === null ? null : (
            <span>
              <Localized>{t("approvalUntil", { until: formatInstant(expiresAt) })}</Localized>
            </span>
          )}
        </>
      }
    >
      {approver === null ? null : (
        <p className="aside-note">
          {t(isOwn ? "approvalOwn" : "approvalAsked", { approver: approver.name })}
        </p>
      )}
      <CallFailure call={approving} words={words} />
      {isOwn ? null : (
        <p className="organisation-ways">
          <Button
            size="small"
            isBusy={approving.isPending}
            onClick={() => {
              const wish = { reference };
              approving.mutate({ ...wish, idempotencyKey: keyOf(wish) });
            }}
          >
            <span aria-hidden="true">{t(approving.isPending ? "approving" : "approve")}</span>
            <span className="visually-hidden">{t("approveOf", { reference })}</span>
          </Button>
          <Button size="small" variant="outline" onClick={() => setIsRefusing(true)}>
            <span aria-hidden="true">{t("refuse")}</span>
            <span className="visually-hidden">{t("refuseOf", { reference })}</span>
          </Button>
        </p>
      )}
      {isRefusing ? (
        <RefuseDialog
          reference={reference}
          booker={booker?.name ?? reference}
          onRefused={() => onDecided(t("refused", { reference }))}
          onClose={() => setIsRefusing(false)}
        />
      ) : null}
    </DatedRow>
  );
}
