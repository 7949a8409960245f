import type { Context } from "../context.ts";
import type { CheckResult } from "../doctor/check.ts";
import { examine } from "../doctor/examine.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { withoutControls } from "../output/terminal.ts";
import { counted } from "../output/format.ts";

const MARKS = {
  ok: ["green", "✓"],
  warning: ["yellow", "!"],
  trouble: ["red", "✗"],
  skipped: ["dim", "–"],
} as const;

const NAME_WIDTH = 16;

function print({ terminal }: Context, { name, status, detail, advice }: CheckResult): void {
  const [style, mark] = MARKS[status];
  const line = `${terminal.style(style, mark)} ${name.padEnd(NAME_WIDTH)}${withoutControls(detail)}`;
  terminal.print(line);
  if (advice !== undefined)
    terminal.print(`${" ".repeat(NAME_WIDTH + 2)}→ ${withoutControls(advice)}`);
}

/** `lectern doctor`: looks at the academy on this machine, and says what to do about what is wrong. */
export async function doctorCommand(context: Context): Promise<ExitCode> {
  const { terminal, config, client, url } = context;
  const checks = await examine(config, client, url);
  const troubles = checks.filter(({ status }) => status === "trouble").length;
  const warnings = checks.filter(({ status }) => status === "warning").length;
  if (terminal.isJson) terminal.figures({ ok: troubles === 0, troubles, warnings, checks });
  for (const check of checks) print(context, check);
  terminal.print();
  terminal.print(
    troubles === 0 && warnings === 0
      ? "All is well."
      : `${counted(troubles, "trouble")}, ${counted(warnings, "warning")}.`,
  );
  return troubles === 0 ? EXIT.ok : EXIT.trouble;
}
