/** One thing that doctor looked at, and what it found. */
export interface CheckResult {
  readonly name: string;
  /** `warning`: works, but somebody should know. `skipped`: could not be looked at. */
  readonly status: "ok" | "warning" | "trouble" | "skipped";
  readonly detail: string;
  /** What to do about it. */
  readonly advice: string | undefined;
}

export function ok(name: string, detail: string): CheckResult {
  return { name, status: "ok", detail, advice: undefined };
}

export function warning(name: string, detail: string, advice: string): CheckResult {
  return { name, status: "warning", detail, advice };
}

export function trouble(name: string, detail: string, advice: string): CheckResult {
  return { name, status: "trouble", detail, advice };
}

export function skipped(name: string, detail: string): CheckResult {
  return { name, status: "skipped", detail, advice: undefined };
}

/** @returns the first names of a list, and how many more there are */
export function someOf(names: readonly string[], limit = 5): string {
  const shown = names.slice(0, limit).join(", ");
  return names.length > limit ? `${shown} and ${names.length - limit} more` : shown;
}

/** @returns why something failed, in one line */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
  return cause === "" || message.includes(cause) ? message : `${message} (${cause})`;
}
