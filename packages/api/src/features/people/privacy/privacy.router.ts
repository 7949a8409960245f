import { KeyedInput } from "@lectern/contract/accounts";
import {
  AllPrivacyRequests,
  AllPrivacyRequestsInput,
  ConsentsOutput,
  EraseInput,
  Erased,
  ExportArchive,
  GiveConsentInput,
  PrivacyRequest,
  PrivacyRequestInput,
  PrivacyRequestsOutput,
  RetentionOutput,
  WithdrawConsentInput,
} from "@lectern/contract/privacy";
import { mayFail } from "../../../trpc/errors.ts";
import { router } from "../../../trpc/init.ts";
import {
  callOf,
  personCallOf,
  signedInProcedure,
  staffProcedure,
} from "../../../trpc/procedures.ts";
import { listRetention } from "../../system/retention/list-retention.ts";
import { eraseNow } from "./erasure/erase-now.ts";
import { requestErasure } from "./erasure/request-erasure.ts";
import { withdrawErasure } from "./erasure/withdraw-erasure.ts";
import { downloadExport } from "./export/download-export.ts";
import { requestExport } from "./export/request-export.ts";
import { giveConsent } from "./give-consent.ts";
import { listAllRequests } from "./list-all-requests.ts";
import { listConsents } from "./list-consents.ts";
import { listPrivacyRequests } from "./requests.ts";
import { withdrawConsent } from "./withdraw-consent.ts";

const important = signedInProcedure({ needsConfirmation: true });

/** What people may know and decide about what the academy keeps of them. */
export const privacyRouter = router({
  /** What one agrees to. */
  consents: signedInProcedure()
    .output(ConsentsOutput)
    .query((opts) => listConsents(opts.ctx.db, personCallOf(opts))),

  giveConsent: signedInProcedure()
    .errors(mayFail("Conflict", "IdempotencyMismatch"))
    .input(GiveConsentInput)
    .output(ConsentsOutput)
    .mutation((opts) => giveConsent(opts.ctx.db, personCallOf(opts), opts.input)),

  withdrawConsent: signedInProcedure()
    .errors(mayFail("Conflict", "IdempotencyMismatch"))
    .input(WithdrawConsentInput)
    .output(ConsentsOutput)
    .mutation((opts) => withdrawConsent(opts.ctx.db, personCallOf(opts), opts.input)),

  /** What one asked for, and what became of it. */
  requests: signedInProcedure()
    .output(PrivacyRequestsOutput)
    .query((opts) => listPrivacyRequests(opts.ctx.db, personCallOf(opts))),

  /** Asks for a copy of everything that is kept about oneself. */
  requestExport: important
    .errors(mayFail("Conflict", "RateLimited", "IdempotencyMismatch"))
    .input(KeyedInput)
    .output(PrivacyRequest)
    .mutation((opts) => requestExport(opts.ctx.db, personCallOf(opts), opts.input)),

  /** The copy, as a ZIP file: for its owner alone, as long as it is kept. */
  downloadExport: important
    .errors(mayFail("NotFound"))
    .input(PrivacyRequestInput)
    .output(ExportArchive)
    .mutation((opts) => downloadExport(opts.ctx.db, personCallOf(opts), opts.input)),

  /** Asks to be erased, which is done two weeks later. */
  requestErasure: important
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(KeyedInput)
    .output(PrivacyRequest)
    .mutation((opts) => requestErasure(opts.ctx.db, personCallOf(opts), opts.input)),

  /** Stays after all. */
  withdrawErasure: signedInProcedure()
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(PrivacyRequestInput)
    .output(PrivacyRequest)
    .mutation((opts) => withdrawErasure(opts.ctx.db, personCallOf(opts), opts.input)),

  /** Erases somebody at once. */
  erase: staffProcedure("privacy.write", { needsConfirmation: true })
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(EraseInput)
    .output(Erased)
    .mutation((opts) => eraseNow(opts.ctx.db, callOf(opts), opts.input)),

  /** What people have asked about their data, the newest first. */
  allRequests: staffProcedure("privacy.write")
    .input(AllPrivacyRequestsInput)
    .output(AllPrivacyRequests)
    .query((opts) => listAllRequests(opts.ctx.db, opts.input)),

  /** How long each kind of personal data is kept, and when that was seen to last. */
  retention: staffProcedure("privacy.write")
    .output(RetentionOutput)
    .query((opts) => listRetention(opts.ctx.db)),
});
