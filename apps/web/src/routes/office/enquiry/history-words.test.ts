import { expect, it } from "vitest";
import { sentenceOf } from "./history-words.ts";

it("says what happened to an enquiry, and where it went", () => {
  expect(sentenceOf({ action: "enquiry.move", after: { status: "won" } })).toEqual({
    message: "did_enquiry_move",
    status: "won",
  });
  // Of quotes, the state is theirs.
  expect(sentenceOf({ action: "quote.send", after: { status: "sent" } })).toEqual({
    message: "did_quote_send",
    status: undefined,
  });
});

it("tells what a newer server writes by its name", () => {
  for (const action of ["enquiry.merge", "quote.constructor", "toString"]) {
    expect(sentenceOf({ action, after: null }).message).toBe("did_other");
  }
  expect(sentenceOf({ action: "enquiry.move", after: { status: 3 } }).status).toBeUndefined();
});
