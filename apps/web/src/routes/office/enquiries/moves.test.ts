import type { EnquiryListItem } from "@lectern/contract/enquiries";
import { ENQUIRY_STATUSES } from "@lectern/contract/vocabulary";
import { describe, expect, it } from "vitest";
import { type Asked, type Shown, movesOf, wayBack, withEnquiry } from "./moves.ts";
import { stateBeside } from "./use-board-keys.ts";

function enquiry(id: string, more: Partial<EnquiryListItem> = {}): EnquiryListItem {
  return {
    id,
    kind: "company",
    status: "new",
    name: "Ada",
    email: "ada@example.com",
    company: null,
    phone: null,
    course: { slug: "rust", title: "Rust" },
    participants: null,
    message: "Hello",
    language: "en",
    createdAt: `2027-03-0${id}T09:00:00.000Z`,
    updatedAt: "2027-03-09T09:00:00.000Z",
    version: 1,
    quote: null,
    ...more,
  };
}

/** A list with a page for each array, which goes on after the last if it `goesOn`. */
function list(pages: readonly string[][], goesOn = false): Shown {
  const total = pages.flat().length;
  return {
    pages: pages.map((ids, index) => ({
      items: ids.map((id) => enquiry(id)),
      total,
      isTotalExact: true,
      nextCursor: goesOn || index < pages.length - 1 ? "more" : null,
    })),
    pageParams: pages.map(() => null),
  };
}

function idsOf({ pages }: Shown): string[][] {
  return pages.map(({ items }) => items.map(({ id }) => id));
}

const NO_TEXT: ReadonlySet<string> = new Set();

function after(shown: Shown, asked: Asked, changed: EnquiryListItem, texts = NO_TEXT): Shown {
  return withEnquiry(shown, asked, changed, texts);
}

describe("a list after an enquiry was moved", () => {
  it("has it no more where its state is not asked for", () => {
    const shown = after(
      list([["3", "2"], ["1"]]),
      { statuses: ["new"] },
      enquiry("2", { status: "won" }),
    );
    expect(idsOf(shown)).toEqual([["3"], ["1"]]);
    expect(shown.pages.map(({ total }) => total)).toEqual([2, 2]);
  });

  it("has it as it is now where all states are asked for", () => {
    const moved = enquiry("2", { status: "won", version: 2 });
    const shown = after(list([["3", "2"]]), { statuses: null }, moved);
    expect(shown.pages[0]?.items[1]).toEqual(moved);
    expect(shown.pages[0]?.total).toBe(2);
  });

  it("has it in its place, newest first, where its state is asked for", () => {
    const moved = enquiry("3", { status: "won" });
    const shown = after(
      list([
        ["5", "4"],
        ["2", "1"],
      ]),
      { statuses: ["won"] },
      moved,
    );
    expect(idsOf(shown)).toEqual([
      ["5", "4"],
      ["3", "2", "1"],
    ]);
    expect(shown.pages[0]?.total).toBe(5);
    expect(idsOf(after(list([[]]), { statuses: ["won"] }, moved))).toEqual([["3"]]);
    expect(idsOf(after(list([["4"]]), { statuses: ["won"] }, moved))).toEqual([["4", "3"]]);
  });

  it("counts it where it stands further on than what is loaded", () => {
    const shown = after(
      list([["5", "4"]], true),
      { statuses: ["won"] },
      enquiry("1", { status: "won" }),
    );
    expect(idsOf(shown)).toEqual([["5", "4"]]);
    expect(shown.pages[0]?.total).toBe(3);
  });

  it("does not get it where something else is asked for", () => {
    const moved = enquiry("3", { status: "won" });
    const others: Asked[] = [
      { statuses: ["lost"] },
      { kinds: ["contact"] },
      { course: "go" },
      { query: "grace" },
    ];
    for (const asked of others) expect(idsOf(after(list([["5"]]), asked, moved))).toEqual([["5"]]);
    const found = after(list([["5"]]), { query: "ada", course: "rust" }, moved, new Set(["ada"]));
    expect(idsOf(found)).toEqual([["5", "3"]]);
  });
});

describe("a way back", () => {
  it("goes only where moves lead, and ends where it came from", () => {
    for (const from of ENQUIRY_STATUSES) {
      for (const to of movesOf(from)) {
        const back = wayBack(from, to);
        if (back === undefined) continue;
        expect(back.at(-1)).toBe(from);
        let at = to;
        for (const step of back) {
          expect(movesOf(at)).toContain(step);
          at = step;
        }
      }
    }
    expect(wayBack("in_progress", "spam")).toEqual(["new", "in_progress"]);
    expect(wayBack("quoted", "in_progress")).toEqual(["quoted"]);
    expect(wayBack("quoted", "won")).toBeUndefined();
    expect(wayBack("new", "in_progress")).toBeUndefined();
  });
});

describe("a step to the side", () => {
  it("leads to the next state that can be gone to, and never to spam", () => {
    expect(stateBeside("new", 1)).toBe("in_progress");
    expect(stateBeside("in_progress", 1)).toBe("quoted");
    expect(stateBeside("quoted", -1)).toBe("in_progress");
    expect(stateBeside("lost", -1)).toBe("in_progress");
    expect(stateBeside("spam", -1)).toBe("new");
    expect(stateBeside("in_progress", -1)).toBeUndefined();
    expect(stateBeside("lost", 1)).toBeUndefined();
    expect(stateBeside("won", 1)).toBeUndefined();
  });
});
