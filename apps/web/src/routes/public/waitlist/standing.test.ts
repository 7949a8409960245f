import type { WaitlistState } from "@lectern/contract/live";
import type { WaitlistEntryDetail } from "@lectern/contract/waitlist";
import { describe, expect, it } from "vitest";
import { run } from "../../../../test/academy.ts";
import { changeOf, standingNews } from "./standing.ts";

const entry: WaitlistEntryDetail = {
  entryId: "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c01",
  status: "waiting",
  quantity: 2,
  takesFewer: false,
  position: 3,
  partiesBefore: 2,
  offer: null,
  serverTime: "2027-01-01T00:00:00.000Z",
  run,
  name: "Ada",
  email: "ada@example.com",
  company: null,
  joinedAt: "2027-01-01T00:00:00.000Z",
  endedAt: null,
  booking: null,
};

function state(overrides: Partial<WaitlistState> = {}): WaitlistState {
  return {
    entryId: entry.entryId,
    status: "waiting",
    position: 3,
    offeredQuantity: null,
    offerExpiresAt: null,
    waiting: 5,
    serverTime: "2027-01-01T00:01:00.000Z",
    ...overrides,
  };
}

const offered = state({
  status: "offered",
  position: null,
  offeredQuantity: 2,
  offerExpiresAt: "2027-01-02T00:00:00.000Z",
});

describe("a place in the line that changes", () => {
  it("moves up without being read again", () => {
    const moved = state({ position: 2 });
    expect(changeOf(entry, moved)).toEqual({
      kind: "moved",
      entry: { ...entry, position: 2, partiesBefore: 1 },
    });
    expect(standingNews(entry, moved)).toEqual({ kind: "position", position: 2 });
  });

  it("is the same, and said once, when nothing has changed", () => {
    expect(changeOf(entry, state({ waiting: 9 }))).toEqual({ kind: "none" });
    expect(standingNews(entry, state({ waiting: 9 }))).toBeUndefined();
    expect(standingNews(offered, offered)).toBeUndefined();
  });

  it("is read again when it becomes an offer, and when the offer changes or ends", () => {
    expect(changeOf(entry, offered)).toEqual({ kind: "unread" });
    expect(standingNews(entry, offered)).toEqual({ kind: "offered", count: 2 });
    const known: WaitlistEntryDetail = {
      ...entry,
      status: "offered",
      position: null,
      partiesBefore: null,
      offer: {
        quantity: 2,
        offeredAt: "2027-01-01T00:00:00.000Z",
        expiresAt: "2027-01-02T00:00:00.000Z",
      },
    };
    // Others who come or go leave the time of the offer alone.
    expect(changeOf(known, { ...offered, waiting: 9 })).toEqual({ kind: "none" });
    const shortened = { ...offered, offerExpiresAt: "2027-01-01T12:00:00.000Z" };
    expect(changeOf(known, shortened)).toEqual({ kind: "unread" });
    expect(standingNews(offered, state({ status: "lapsed", position: null }))).toEqual({
      kind: "ended",
    });
  });
});
