import {
  MailByIdInput,
  MailDetail,
  MailListInput,
  MailListOutput,
  MailResendInput,
  MailSummary,
} from "@lectern/contract/mail";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, staffProcedure } from "../../trpc/procedures.ts";
import { findMail } from "./find-mail.ts";
import { listMails } from "./list-mails.ts";
import { resendMail } from "./resend-mail.ts";

export const mailRouter = router({
  /** Newest first. */
  list: staffProcedure("mail.read")
    .input(MailListInput)
    .output(MailListOutput)
    .query((opts) => listMails(opts.ctx.db, opts.input)),

  /** With all that it says, but for the keys in its links. */
  byId: staffProcedure("mail.read")
    .errors(mayFail("NotFound"))
    .input(MailByIdInput)
    .output(MailDetail)
    .query((opts) => findMail(opts.ctx.db, opts.input)),

  /** Tries again to send a mail that has failed. */
  resend: staffProcedure("jobs.write")
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(MailResendInput)
    .output(MailSummary)
    .mutation((opts) => resendMail(opts.ctx.db, callOf(opts), opts.input)),
});
