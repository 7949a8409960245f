import { AuditListInput, AuditListOutput } from "@lectern/contract/audit";
import { router } from "../../trpc/init.ts";
import { callOf, staffProcedure } from "../../trpc/procedures.ts";
import { listAudit } from "./list-audit.ts";

export const auditRouter = router({
  /** Newest first. */
  list: staffProcedure("audit.read")
    .input(AuditListInput)
    .output(AuditListOutput)
    .query((opts) => listAudit(opts.ctx.db, callOf(opts), opts.input)),
});
