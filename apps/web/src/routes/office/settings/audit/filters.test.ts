import { expect, it } from "vitest";
import { actionOf, inputOf } from "./filters.ts";

it.each([
  ["run.re", "run.re"],
  ["Run reschedule", "run.reschedule"],
  ["run.", "run."],
  ["discount_code.deactivate", "discount_code.deactivate"],
  ["run change capacity", "run.change_capacity"],
  ["  ", undefined],
  ["räum", undefined],
  [undefined, undefined],
])("takes %s as the begin of an action", (typed, action) => {
  expect(actionOf(typed)).toBe(action);
});

it("asks for whole days", () => {
  const { from, to } = inputOf({ from: "2027-03-01", to: "2027-03-01" });
  expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(24 * 3_600_000);
});
