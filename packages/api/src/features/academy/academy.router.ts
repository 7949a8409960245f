import { AcademySettings, AcademyUpdateInput } from "@lectern/contract/academy";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, staffProcedure } from "../../trpc/procedures.ts";
import { readSettings } from "./read-settings.ts";
import { updateSettings } from "./update-settings.ts";

export const academyRouter = router({
  /** What holds for the academy as a whole. */
  settings: staffProcedure("settings.write")
    .output(AcademySettings)
    .query((opts) => readSettings(opts.ctx.db, opts.ctx.auth)),

  /** Changes it, whatever depends on it with it. */
  update: staffProcedure("settings.write")
    .errors(mayFail("Conflict", "IdempotencyMismatch"))
    .input(AcademyUpdateInput)
    .output(AcademySettings)
    .mutation((opts) => updateSettings(opts.ctx.db, callOf(opts), opts.ctx.auth, opts.input)),
});
