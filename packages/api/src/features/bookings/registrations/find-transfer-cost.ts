import type { TransferCost, TransferCostInput } from "@lectern/contract/registrations";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { notFound } from "../../../domain-error.ts";
import { toRunSummary } from "../../../shared/run-summary.ts";
import { cancellationCost } from "../../billing/cancellation-cost.ts";
import { pricingOf } from "../../billing/read-pricing.ts";
import { requireBooking } from "../read-booking.ts";
import { priceOf } from "./change-money.ts";
import { pickRegistrations, readWholeBooking } from "./locked-booking.ts";
import { whyNotTransferred } from "./obstacles.ts";
import { moneyOf, planMove } from "./plan-move.ts";
import { requireTarget } from "./target-run.ts";
import { requireOtherRun } from "./transfer-registrations.ts";

const NOTHING_KNOWN = { newPrice: null, fee: null, difference: null, toPay: null, refund: null };

/**
 * What moving registrations to another run would cost at this moment, and what stands in its way.
 *
 * @throws NotFound; Invalid for the same run, or one in another currency; NotBookable
 */
export async function findTransferCost(
  db: Database,
  call: Call,
  input: z.infer<typeof TransferCostInput>,
): Promise<TransferCost> {
  const found = await requireBooking(db, call, input, "bookings.read.any");
  requireOtherRun(found, input.toRunId);
  const [run, there, whole] = await Promise.all([
    requireTarget(db, call, input),
    pricingOf(db, input.toRunId, found.region),
    readWholeBooking(db, found.id),
  ]);
  if (there === undefined) throw notFound("run", run.id);
  const asked =
    input.registrationIds == null
      ? whole.registrations
      : pickRegistrations(whole, input.registrationIds);
  const rows = asked.filter((row) => whyNotTransferred(whole, row) === null);
  const moves = planMove(whole, rows, there.pricing, {
    isWaived: false,
    decidedBy: found.decider,
  });
  const byId = new Map(moves.map((move) => [move.row.id, move]));
  const { policy, startsAt, at } = whole.terms;
  const { noticeDays, feeBasisPoints } = cancellationCost(policy, null, startsAt, at, "transfer");
  return {
    ...moneyOf(moves),
    reference: found.reference,
    run: toRunSummary(run),
    noticeDays,
    feeBasisPoints,
    registrations: asked.map((row) => {
      const { newPrice, fee, difference, toPay, refund } = byId.get(row.id) ?? NOTHING_KNOWN;
      const obstacle = whyNotTransferred(whole, row);
      return {
        registrationId: row.id,
        oldPrice: priceOf(row),
        newPrice,
        fee,
        difference,
        toPay,
        refund,
        isFree: byId.get(row.id)?.isFree ?? false,
        canBeTransferred: obstacle === null,
        obstacle,
      };
    }),
    serverTime: at.toISOString(),
  };
}
