import type { RunHistoryItem } from "@lectern/contract/run-office";
import { describe, expect, it } from "vitest";
import { groupHistory } from "./history-words.ts";

let count = 0;

function entry(action: string, more: Partial<RunHistoryItem> = {}): RunHistoryItem {
  count += 1;
  return {
    id: 1000 - count,
    at: new Date(Date.UTC(2027, 2, 1, 9) - count * 1000).toISOString(),
    action,
    entity: action.split(".")[0] ?? "",
    entityId: "0199f4a0-6d2c-7c3e-9c7e-000000000001",
    before: null,
    after: null,
    actor: { kind: "person", name: "Ada" },
    reference: null,
    ...more,
  };
}

describe("the history of a date", () => {
  it("tells the marks of one check-in as one, and those of another apart", () => {
    const mark = { after: { marks: [{}] } };
    const other = { ...mark, actor: { kind: "person" as const, name: "Bo" } };
    const groups = groupHistory([
      entry("attendance.mark", mark),
      entry("attendance.mark", { after: { marks: [{}, {}] } }),
      entry("attendance.mark", other),
      entry("run.confirm"),
    ]);
    expect(groups.map(({ sentence }) => [sentence.message, sentence.values.count])).toEqual([
      ["did_attendance_mark", 3],
      ["did_attendance_mark", 1],
      ["did_run_confirm", 0],
    ]);
  });

  it("says what changed, leaves holds out that were booked, and names what it does not know", () => {
    const groups = groupHistory([
      entry("run.change_capacity", {
        before: { capacity: 10 },
        after: { capacity: 12, reason: "Chairs" },
      }),
      entry("booking.confirm", { reference: "LC-1" }),
      entry("booking.hold", { reference: "LC-1" }),
      entry("booking.hold", { reference: "LC-2" }),
      entry("run.paint", { after: { capacity: "red" } }),
    ]);
    expect(groups.map(({ sentence }) => sentence)).toMatchObject([
      {
        message: "did_run_change_capacity",
        values: { before: "10", after: "12", reason: "Chairs" },
      },
      { message: "did_booking_confirm", values: { reference: "LC-1" } },
      { message: "did_booking_hold", values: { reference: "LC-2" } },
      { message: "did_other", values: { action: "run.paint" } },
    ]);
  });
});
