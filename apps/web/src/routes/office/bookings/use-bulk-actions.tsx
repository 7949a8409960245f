import { newIdempotencyKey } from "@lectern/client";
import type { BookingFound } from "@lectern/contract/booking-office";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { useApi, useClient } from "../../../data/api.ts";
import type { BulkAction } from "../../../office/bulk-dialog.tsx";
import { useMay } from "../../../office/office-me.ts";
import { CancelPreview, type Decision, ReasonField } from "./bulk-previews.tsx";

type Action = BulkAction<BookingFound>;

/** What can be done with many bookings at once, by whoever may. Each is a call of its own, and refused by itself. */
export function useBulkActions(): readonly Action[] {
  const t = useTranslations("officeBookings");
  const may = useMay();
  const api = useApi();
  const client = useClient();
  const queryClient = useQueryClient();
  // Of the dialog that is open: what it was opened with goes on while they are typed.
  const decision = useRef<Decision>({ reason: "", waiveFee: false });
  const onSettled = () => void queryClient.invalidateQueries(api.bookings.pathFilter());
  const call = ({ reference }: BookingFound) => ({
    reference,
    idempotencyKey: newIdempotencyKey(),
  });
  const reason = () => decision.current.reason.trim() || null;
  const notAwaited = ({ status }: BookingFound) =>
    status === "awaiting_approval" ? undefined : t("notAwaited");
  const changes: Action[] = [
    {
      id: "approve",
      words: t("approve"),
      title: (count) => t("bulkApprove", { count }),
      refusal: notAwaited,
      run: (item) => client.bookings.approve.mutate(call(item)),
      done: (count) => t("bulkApproved", { count }),
      onSettled,
    },
    {
      id: "refuse",
      words: t("refuse"),
      title: (count) => t("bulkRefuse", { count }),
      preview: () => <ReasonField decision={decision.current} hint={t("refuseHint")} />,
      refusal: notAwaited,
      run: (item) => client.bookings.refuse.mutate({ ...call(item), reason: reason() }),
      done: (count) => t("bulkRefused", { count }),
      onSettled,
      isDangerous: true,
    },
    {
      id: "resend",
      words: t("resend"),
      title: (count) => t("bulkResend", { count }),
      refusal: ({ status }) =>
        status === "confirmed" || status === "awaiting_approval" ? undefined : t("notResent"),
      run: (item) => client.bookings.resend.mutate(call(item)),
      done: (count) => t("bulkResent", { count }),
    },
  ];
  const cancel: Action = {
    id: "cancel",
    words: t("cancel"),
    title: (count) => t("bulkCancel", { count }),
    preview: (items) => (
      <CancelPreview items={items} decision={decision.current} canWaive={may("bookings.decide")} />
    ),
    refusal: ({ status }) =>
      status === "cancelled" || status === "expired" ? t("isOver") : undefined,
    run: (item) =>
      client.bookings.cancel.mutate({
        ...call(item),
        reason: reason(),
        ...(decision.current.waiveFee && { waiveFee: true }),
      }),
    done: (count) => t("bulkCancelled", { count }),
    onSettled,
    isDangerous: true,
  };
  return [
    ...(may("bookings.change.any") ? changes : []),
    ...(may("bookings.cancel.any") ? [cancel] : []),
  ];
}
