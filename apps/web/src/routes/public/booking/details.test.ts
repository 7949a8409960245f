import { describe, expect, it } from "vitest";
import { NEEDS_APPROVAL, TAKES_FIRST_PLACE, detailsOf, fieldOfPath } from "./details.ts";

function form(fields: Readonly<Record<string, string>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const booker = { "booker.name": "Ada", "booker.email": "ada@example.com" };

describe("the details of a booking", () => {
  it("give the booker the first place, if they take it", () => {
    const data = form({ ...booker, [TAKES_FIRST_PLACE]: "on", "learners.0.name": "ignored" });
    expect(detailsOf(data, 1).learners).toEqual([{ name: "Ada", email: "ada@example.com" }]);
    expect(detailsOf(form(booker), 1).learners).toEqual([]);
  });

  it("leave out the places that nobody is named for", () => {
    const data = form({
      ...booker,
      "learners.2.name": "Cem",
      "learners.2.email": "cem@example.com",
    });
    expect(detailsOf(data, 3).learners).toEqual([{ name: "Cem", email: "cem@example.com" }]);
  });

  it("find the field of a problem again, though places were left out", () => {
    const data = form({ ...booker, [TAKES_FIRST_PLACE]: "on", "learners.2.name": "Cem" });
    expect(fieldOfPath("learners.1.email", data, 3)).toBe("learners.2.email");
    expect(fieldOfPath("learners.0.email", data, 3)).toBe("booker.email");
    expect(fieldOfPath("booker.name", data, 3)).toBe("booker.name");
  });

  it("say nothing of what is empty", () => {
    const details = detailsOf(form({ ...booker, "booker.phone": " ", note: "" }), 1);
    expect(details.booker.phone).toBeUndefined();
    expect(details.note).toBeUndefined();
    expect(details.acceptsTerms).toBe(false);
  });

  it("ask for approval where the booker says that it is needed, and nowhere else", () => {
    const named = {
      ...booker,
      "approver.name": "Bo",
      "approver.email": "bo@example.com",
      purchaseOrder: " PO-7 ",
    };
    const details = detailsOf(form({ ...named, [NEEDS_APPROVAL]: "on" }), 1);
    expect(details.approver).toEqual({ name: "Bo", email: "bo@example.com" });
    expect(details.purchaseOrder).toBe("PO-7");
    expect(detailsOf(form(named), 1)).not.toHaveProperty("approver");
    expect(detailsOf(form({ ...booker, [NEEDS_APPROVAL]: "on" }), 1).approver).toEqual({});
  });

  it("say what time it is for the booker, and not for others", () => {
    const data = form({
      ...booker,
      [TAKES_FIRST_PLACE]: "on",
      "learners.1.name": "Cem",
      "learners.1.email": "cem@example.com",
    });
    const details = detailsOf(data, 2, { timeZone: "Europe/Istanbul", language: "tr" });
    expect(details).toMatchObject({ timeZone: "Europe/Istanbul", language: "tr" });
    expect(details.learners).toEqual([
      { name: "Ada", email: "ada@example.com", timeZone: "Europe/Istanbul" },
      { name: "Cem", email: "cem@example.com" },
    ]);
  });
});
