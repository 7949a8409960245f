import type { RunDetail } from "@lectern/contract/runs";
import { describe, expect, it } from "vitest";
import { run } from "../../test/academy.ts";
import { type CalendarEntry, calendarFile } from "./calendar-file.ts";

const entry: CalendarEntry = {
  id: "LC-7K3F-92QD",
  run: { ...run, course: { ...run.course, title: "Øvelse, gjør; mester" } },
  since: "2027-01-01T10:05:00.000Z",
};

const words = { title: entry.run.course.title, description: "Booking", online: "Online" };

function session(day: string, start: string, end: string): RunDetail["sessions"][number] {
  return {
    id: `0199f4a0-6d2c-7c3e-9c7e-0000000000${day}`,
    position: 1,
    startsAt: start,
    endsAt: end,
    timeZone: run.timeZone,
    localStart: `2027-03-${day}T09:00`,
    localEnd: `2027-03-${day}T17:00`,
    room: { id: run.id, name: "Room 2", kind: "physical" },
    instructors: [],
  };
}

/** Long lines of a calendar file are folded (RFC 5545, 3.1). */
function unfolded(file: string): string {
  return file.replaceAll("\r\n ", "");
}

describe("the calendar file of a place", () => {
  it("has an event for each session, at the right instant on both sides of a change of clocks", () => {
    const sessions = [
      session("26", "2027-03-26T08:00:00.000Z", "2027-03-26T16:00:00.000Z"),
      session("29", "2027-03-29T07:00:00.000Z", "2027-03-29T15:00:00.000Z"),
    ];
    const file = unfolded(calendarFile(entry, sessions, words));
    expect(file.split("\r\n").length).toBeGreaterThan(10);
    expect(file.match(/^DTSTART.*$/gmu)).toEqual([
      "DTSTART:20270326T080000Z",
      "DTSTART:20270329T070000Z",
    ]);
    expect(file).toContain(String.raw`SUMMARY:Øvelse\, gjør\; mester`);
    expect(file).toContain(String.raw`LOCATION:Room 2\, Storgata\, Storgata 1\, Oslo`);
    expect(new Set(file.match(/^UID.*$/gmu)).size).toBe(2);
  });

  it("is the same each time, so that taking it in twice changes nothing", () => {
    expect(calendarFile(entry, [], words)).toBe(calendarFile(entry, [], words));
  });

  it("has the run as one event where its sessions are not known", () => {
    const file = unfolded(
      calendarFile({ ...entry, run: { ...entry.run, venue: null } }, [], words),
    );
    expect(file.match(/BEGIN:VEVENT/gu)).toHaveLength(1);
    expect(file).toContain("DTEND:20270329T150000Z");
    expect(file).toContain("LOCATION:Online");
  });
});
