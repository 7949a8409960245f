import { describe, expect, test } from "vitest";
import {
  CommitOutcomeUnknown,
  DeadlineExceeded,
  findConstraintViolation,
  findDatabaseError,
  isDatabaseUnavailable,
  isRetryable,
  StatementFailed,
  violates,
} from "./errors.ts";

function serverError(code: string, more: Record<string, string> = {}): Error {
  return Object.assign(new Error("said the server"), { severity: "ERROR", code, ...more });
}

test("details are found however deep the cause lies, and in what an AggregateError gathers", () => {
  const root = serverError("23505", {
    constraint_name: "course_slug_key",
    table_name: "course",
    detail: "Key (slug)=(x)",
  });
  const wrapped = new Error("outer", {
    cause: new AggregateError([new Error("other"), new StatementFailed("q", root)]),
  });
  expect(findDatabaseError(wrapped)).toEqual({
    sqlState: "23505",
    message: "said the server",
    constraint: "course_slug_key",
    table: "course",
    detail: "Key (slug)=(x)",
  });
  expect(violates(wrapped, "course_slug_key")).toBe(true);
  expect(violates(wrapped, "course_code_key")).toBe(false);
  expect(findConstraintViolation(wrapped)).toEqual({
    kind: "unique",
    constraint: "course_slug_key",
    table: "course",
  });
});

test("what the database has no part in gives nothing", () => {
  const circular = new Error("circular");
  circular.cause = circular;
  for (const error of [
    undefined,
    null,
    "text",
    new Error("plain"),
    circular,
    Object.assign(new Error(), { code: "STALE" }),
  ]) {
    expect(findDatabaseError(error)).toBeUndefined();
    expect(isRetryable(error)).toBe(false);
    expect(isDatabaseUnavailable(error)).toBe(false);
  }
});

test("neither details nor parameters get into the message", () => {
  const error = new StatementFailed(
    "people.create",
    serverError("23505", { detail: "Key (email)=(ada@example.org)" }),
  );
  expect(error.message).toContain("people.create");
  expect(error.message).not.toContain("ada@example.org");
});

describe("what may be tried again, and what is the database's fault", () => {
  test.each([
    ["40001", true, false],
    ["40P01", true, false],
    ["25006", true, true],
    ["57P01", true, true],
    ["57P02", true, true],
    ["57P03", true, true],
    ["08006", true, true],
    ["53300", false, true],
    ["57014", false, false],
    ["23505", false, false],
    ["XX000", false, false],
  ])("%s", (code, retryable, unavailable) => {
    const error = new StatementFailed("q", serverError(code));
    expect(isRetryable(error)).toBe(retryable);
    expect(isDatabaseUnavailable(error)).toBe(unavailable);
  });

  test.each(["ECONNREFUSED", "ECONNRESET", "CONNECTION_CLOSED", "CONNECT_TIMEOUT"])(
    "%s",
    (code) => {
      const error = new StatementFailed("q", Object.assign(new Error(code), { code }));
      expect(findDatabaseError(error)?.sqlState).toMatch(/^08/);
      expect(isRetryable(error)).toBe(true);
      expect(isDatabaseUnavailable(error)).toBe(true);
    },
  );

  test("a deadline and a commit without an answer are the database's fault", () => {
    expect(isDatabaseUnavailable(new DeadlineExceeded("statement", 1))).toBe(true);
    expect(isDatabaseUnavailable(new CommitOutcomeUnknown(new Error()))).toBe(true);
  });
});
