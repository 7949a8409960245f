import { auditFigures, describeReport } from "../audit/describe-report.ts";
import type { Context } from "../context.ts";
import { openLocalDatabase } from "../doctor/local-database.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { Progress } from "../output/progress.ts";
import { withoutControls } from "../output/terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface AuditVerifyCommandOptions {
  /** A hash that an earlier verification printed, in hexadecimal digits. */
  readonly expectHead?: string;
  /** The position that it printed beside it. */
  readonly at?: number;
}

function expectedOf({ expectHead, at }: AuditVerifyCommandOptions) {
  if (expectHead === undefined && at === undefined) return undefined;
  if (expectHead === undefined || at === undefined) {
    throw new UsageError("--expect-head and --at belong together: a hash, and where it stood.");
  }
  return { position: at, hash: Buffer.from(expectHead, "hex") };
}

/** `lectern audit verify`: works out the chain of the audit log anew, and says where it does not hold. */
export async function auditVerifyCommand(
  { terminal, config, signal }: Context,
  options: AuditVerifyCommandOptions,
): Promise<ExitCode> {
  const expected = expectedOf(options);
  const opened = await openLocalDatabase(config, "lectern-audit");
  if ("problem" in opened) throw new UsageError(`${opened.problem}. ${opened.advice}`);
  const { db } = opened;
  try {
    const { migrationStatus } = await import("@lectern/database/migrate");
    if ((await migrationStatus(db)).pending.length > 0) {
      throw new UsageError(
        "Migrations are pending. Start the academy once: it migrates by itself.",
      );
    }
    const { verifyAudit } = await import("@lectern/database/audit/verify");
    using progress = new Progress(terminal);
    const started = performance.now();
    const report = await verifyAudit(db, {
      ...(expected !== undefined && { expected }),
      onProgress: (done, total) => progress.show("links", done, total),
      signal,
    });
    progress[Symbol.dispose]();
    const seconds = (performance.now() - started) / 1000;
    for (const line of describeReport(report, expected, seconds)) {
      terminal.print(withoutControls(line));
    }
    terminal.figures(auditFigures(report, seconds));
    return report.firstFault === null ? EXIT.ok : EXIT.trouble;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await db.close();
  }
}
