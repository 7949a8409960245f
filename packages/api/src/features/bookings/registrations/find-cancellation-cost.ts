import type { CancellationCost, CancellationCostInput } from "@lectern/contract/registrations";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { cancellationCost } from "../../billing/cancellation-cost.ts";
import { requireBooking } from "../read-booking.ts";
import { sumOf } from "./change-money.ts";
import { costOfCancelling } from "./cost-of-cancelling.ts";
import { pickRegistrations, readWholeBooking } from "./locked-booking.ts";
import { whyNotCancelled } from "./obstacles.ts";

/**
 * What cancelling registrations would cost at this moment, and what stands in its way.
 *
 * @throws NotFound
 */
export async function findCancellationCost(
  db: Database,
  call: Call,
  input: z.infer<typeof CancellationCostInput>,
): Promise<CancellationCost> {
  const found = await requireBooking(db, call, input, "bookings.read.any");
  const whole = await readWholeBooking(db, found.id);
  const rows =
    input.registrationIds == null
      ? whole.registrations
      : pickRegistrations(whole, input.registrationIds);
  const costs = rows.map((row) => {
    const { price, fee, refund, isFree } = costOfCancelling(whole, row, { isWaived: false });
    const obstacle = whyNotCancelled(whole, row);
    const canBeCancelled = obstacle === null;
    return { registrationId: row.id, price, fee, refund, isFree, canBeCancelled, obstacle };
  });
  const possible = costs.filter(({ canBeCancelled }) => canBeCancelled);
  const { policy, startsAt, at } = whole.terms;
  const { noticeDays, feeBasisPoints } = cancellationCost(policy, null, startsAt, at, "cancel");
  return {
    reference: found.reference,
    noticeDays,
    feeBasisPoints,
    registrations: costs,
    fee: sumOf(possible.map(({ fee }) => fee)),
    refund: sumOf(possible.map(({ refund }) => refund)),
    serverTime: at.toISOString(),
  };
}
