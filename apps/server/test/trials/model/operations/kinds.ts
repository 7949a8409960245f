import { type AnyKind, anyKind } from "../operation.ts";
import { approve, refuse } from "./approvals.ts";
import { cancelBooking, cancelRegistrations } from "./cancelling.ts";
import { choose } from "./choose.ts";
import { confirm, startPayment } from "./confirm.ts";
import { hold } from "./hold.ts";
import { holdTogether } from "./hold-together.ts";
import { claim, claimLink, substitute } from "./learners.ts";
import { askForPrice, lookAtBooking, lookAtEntry, lookAtRun } from "./looks.ts";
import { askForChoices, askForCost } from "./looks-at-costs.ts";
import { recordPayment, resolvePayment } from "./payments.ts";
import { block, changeCapacity, unblock } from "./places.ts";
import { changeCode, setPrices } from "./prices.ts";
import {
  cancelRun,
  closeWaitlists,
  confirmRun,
  considerRun,
  moveRunsOn,
  reschedule,
  settleRun,
} from "./runs.ts";
import { letTimePass } from "./time.ts";
import { transfer } from "./transfer.ts";
import { accept, decline, join, withdraw } from "./waitlist.ts";

/** Everything that can be asked of the engine, and that its worker does. */
export const KINDS: readonly AnyKind[] = [
  anyKind(hold),
  anyKind(holdTogether),
  anyKind(confirm),
  anyKind(startPayment),
  anyKind(recordPayment),
  anyKind(resolvePayment),
  anyKind(approve),
  anyKind(refuse),
  anyKind(cancelBooking),
  anyKind(cancelRegistrations),
  anyKind(transfer),
  anyKind(substitute),
  anyKind(claimLink),
  anyKind(claim),
  anyKind(join),
  anyKind(accept),
  anyKind(decline),
  anyKind(withdraw),
  anyKind(changeCapacity),
  anyKind(block),
  anyKind(unblock),
  anyKind(cancelRun),
  anyKind(confirmRun),
  anyKind(reschedule),
  anyKind(choose),
  anyKind(setPrices),
  anyKind(changeCode),
  anyKind(settleRun),
  anyKind(considerRun),
  anyKind(moveRunsOn),
  anyKind(closeWaitlists),
  anyKind(letTimePass),
  anyKind(lookAtBooking),
  anyKind(lookAtRun),
  anyKind(lookAtEntry),
  anyKind(askForPrice),
  anyKind(askForCost),
  anyKind(askForChoices),
];
