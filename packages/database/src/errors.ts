/** What went wrong in the database, as far as PostgreSQL or the connection said. */
export interface DatabaseErrorDetails {
  /** Five characters of the SQLSTATE (PostgreSQL manual, appendix A). Losses of the connection count as class 08. */
  readonly sqlState: string;
  readonly message: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly column?: string;
  /** May quote values of the row: for developers, never for a visitor or a log. */
  readonly detail?: string;
}

export type ConstraintKind = "unique" | "foreign_key" | "check" | "exclusion" | "not_null";

export interface ConstraintViolation {
  readonly kind: ConstraintKind;
  /** Name of the constraint; of the column for `not_null`. */
  readonly constraint: string;
  readonly table: string;
}

/** A statement failed. The cause is what the driver threw; the message never holds parameters. */
export class StatementFailed extends Error {
  override readonly name = "StatementFailed";
  /** Name of the prepared query, or the text of an unnamed statement. */
  readonly statement: string;

  constructor(statement: string, cause: unknown) {
    super(
      `Statement failed: ${cause instanceof Error ? cause.message : String(cause)} [${statement}]`,
      { cause },
    );
    this.statement = statement;
  }
}

/** A statement or a transaction took longer than it may. What it did has been rolled back, unless a commit was under way. */
export class DeadlineExceeded extends Error {
  override readonly name = "DeadlineExceeded";
  readonly timeoutMs: number;

  constructor(
    what: "statement" | "transaction" | "connect" | "close",
    timeoutMs: number,
    options?: ErrorOptions,
  ) {
    super(`The ${what} took longer than ${timeoutMs} ms`, options);
    this.timeoutMs = timeoutMs;
  }
}

/** The caller's AbortSignal fired: the statement was cancelled in PostgreSQL. The cause is the signal's reason. */
export class StatementAborted extends Error {
  override readonly name = "StatementAborted";

  constructor(reason: unknown) {
    super("The statement was aborted by its caller", { cause: reason });
  }
}

/** The transaction is over (its connection died, it timed out, was aborted or has ended): no statement runs in it any more. */
export class TransactionEnded extends Error {
  override readonly name = "TransactionEnded";

  constructor(cause?: unknown) {
    super("The transaction has ended: no further statement runs in it", { cause });
  }
}

/** The connection was lost while COMMIT was under way: the transaction has either happened as a whole or not at all. */
export class CommitOutcomeUnknown extends Error {
  override readonly name = "CommitOutcomeUnknown";

  constructor(cause: unknown) {
    super("The connection was lost during COMMIT: whether the transaction happened is unknown", {
      cause,
    });
  }
}

/** The server is older than what Lectern's schema and statements need. */
export class UnsupportedServerVersion extends Error {
  override readonly name = "UnsupportedServerVersion";
  readonly found: string;
  readonly required: number;

  constructor(found: string, required: number) {
    super(`Lectern needs PostgreSQL ${required} or later, and this server is PostgreSQL ${found}`);
    this.found = found;
    this.required = required;
  }
}

/** The database could not be reached when Lectern connected. The cause says why; the message names no password. */
export class ConnectFailed extends Error {
  override readonly name = "ConnectFailed";

  constructor(where: string, cause: unknown) {
    super(
      `Can't connect to PostgreSQL at ${where}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** Codes of Node and of the driver that stand for a lost or refused connection. */
const connectionCodes: ReadonlyMap<string, string> = new Map([
  ["CONNECT_TIMEOUT", "08001"],
  ["ECONNREFUSED", "08001"],
  ["ENOTFOUND", "08001"],
  ["EAI_AGAIN", "08001"],
  ["ENETUNREACH", "08001"],
  ["EHOSTUNREACH", "08001"],
  ["ENOENT", "08001"],
  ["CONNECTION_CLOSED", "08006"],
  ["CONNECTION_DESTROYED", "08006"],
  ["CONNECTION_ENDED", "08003"],
  ["ECONNRESET", "08006"],
  ["EPIPE", "08006"],
  ["ETIMEDOUT", "08006"],
  ["ERR_STREAM_DESTROYED", "08006"],
]);

const constraintKinds: ReadonlyMap<string, ConstraintKind> = new Map([
  ["23505", "unique"],
  ["23503", "foreign_key"],
  ["23514", "check"],
  ["23P01", "exclusion"],
  ["23502", "not_null"],
]);

/**
 * Walks the cause chain (and the members of an AggregateError) of whatever was thrown.
 * @returns the first details that PostgreSQL or the connection gave, or undefined when the database has no part in it
 */
export function findDatabaseError(error: unknown): DatabaseErrorDetails | undefined {
  for (const link of causes(error)) {
    const details = databaseErrorDetails(link);
    if (details) return details;
  }
  return undefined;
}

/** The details of an error that comes straight from the driver; its causes are not looked at. */
export function databaseErrorDetails(error: object): DatabaseErrorDetails | undefined {
  const code = text(error, "code");
  if (code === undefined) return undefined;
  const message = text(error, "message") ?? code;
  const lost = connectionCodes.get(code);
  if (lost !== undefined) return { sqlState: lost, message };
  // Other libraries have codes of five capitals too; a severity comes from PostgreSQL alone.
  if (!/^[0-9A-Z]{5}$/.test(code) || text(error, "severity") === undefined) return undefined;
  const constraint = text(error, "constraint_name");
  const table = text(error, "table_name");
  const column = text(error, "column_name");
  const detail = text(error, "detail");
  return {
    sqlState: code,
    message,
    ...(constraint && { constraint }),
    ...(table && { table }),
    ...(column && { column }),
    ...(detail && { detail }),
  };
}

/** Which rule of the schema refused a write, so that one place can translate it into the domain's words. */
export function findConstraintViolation(error: unknown): ConstraintViolation | undefined {
  const details = findDatabaseError(error);
  const kind = details && constraintKinds.get(details.sqlState);
  if (!details || !kind) return undefined;
  return {
    kind,
    constraint: details.constraint ?? details.column ?? "",
    table: details.table ?? "",
  };
}

/** Whether the rule of that name refused the write, e.g. `violates(error, "booking_reference_key")`. */
export function violates(error: unknown, constraint: string): boolean {
  return findConstraintViolation(error)?.constraint === constraint;
}

/**
 * Whether the database, not the request, is what failed: out of reach, overloaded, going down, or too slow.
 * The answer to a visitor is then 503 with Retry-After.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (const link of causes(error)) {
    if (
      link instanceof DeadlineExceeded ||
      link instanceof ConnectFailed ||
      link instanceof CommitOutcomeUnknown
    )
      return true;
  }
  const sqlState = findDatabaseError(error)?.sqlState;
  return (
    sqlState !== undefined &&
    (isConnectionLoss(sqlState) || sqlState.startsWith("53") || sqlState === "25006")
  );
}

/** Whether running the whole transaction again may succeed: serialisation, deadlock, lost connection, a server that goes down or fails over. */
export function isRetryable(error: unknown): boolean {
  const sqlState = findDatabaseError(error)?.sqlState;
  return (
    sqlState !== undefined &&
    (sqlState === "40001" ||
      sqlState === "40P01" ||
      sqlState === "25006" ||
      isConnectionLoss(sqlState))
  );
}

/** Class 08 (connection) and 57P01–57P03 (the server shuts down, crashed, or can't accept connections yet). */
export function isConnectionLoss(sqlState: string): boolean {
  return (
    sqlState.startsWith("08") ||
    sqlState === "57P01" ||
    sqlState === "57P02" ||
    sqlState === "57P03"
  );
}

/** The error, its causes, and what an AggregateError gathers, each once. */
function* causes(error: unknown, seen = new Set<object>()): Generator<object> {
  if (typeof error !== "object" || error === null || seen.has(error)) return;
  seen.add(error);
  yield error;
  if ("cause" in error) yield* causes(error.cause, seen);
  if (error instanceof AggregateError)
    for (const member of error.errors) yield* causes(member, seen);
}

function text(of: object, key: string): string | undefined {
  const value: unknown = Reflect.get(of, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}
