import { ResetPasswordInput } from "@lectern/contract/accounts";
import { BookingConfirmInput } from "@lectern/contract/bookings";
import { EnquirySendInput } from "@lectern/contract/enquiries";
import { describe, expect, it } from "vitest";
import {
  type FieldProblem,
  type Shape,
  fieldNumber,
  fieldText,
  problemOf,
  secretText,
} from "./contract-shape.ts";

function problems(shape: Shape<unknown>, input: unknown): Record<string, FieldProblem> {
  const parsed = shape.safeParse(input);
  if (parsed.success) return {};
  return Object.fromEntries(
    parsed.error.issues.map((issue) => [issue.path.join("."), problemOf(issue)]),
  );
}

const RESET_ID = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";

const enquiry = {
  kind: "company",
  name: "Øystein",
  email: "o@example.com",
  message: "Hello",
  consent: true,
  idempotencyKey: "k".repeat(32),
};

describe("problems of fields", () => {
  it("are told in words for each way in which the contract refuses a field", () => {
    expect(problems(EnquirySendInput, enquiry)).toEqual({});
    expect(problems(EnquirySendInput, { ...enquiry, name: undefined })).toEqual({
      name: "required",
    });
    expect(problems(EnquirySendInput, { ...enquiry, email: "o@" })).toEqual({ email: "notEmail" });
    expect(problems(EnquirySendInput, { ...enquiry, consent: false })).toEqual({
      consent: "notAccepted",
    });
    expect(problems(EnquirySendInput, { ...enquiry, message: "x".repeat(5001) })).toEqual({
      message: "tooLong",
    });
    expect(problems(EnquirySendInput, { ...enquiry, participants: Number.NaN })).toEqual({
      participants: "notNumber",
    });
    expect(problems(EnquirySendInput, { ...enquiry, participants: 2.5 })).toEqual({
      participants: "notNumber",
    });
    expect(problems(EnquirySendInput, { ...enquiry, participants: 0 })).toEqual({
      participants: "notNumber",
    });
  });

  it("say how long a text has to be, where one character is not enough", () => {
    const input = { proof: { id: RESET_ID, key: "k".repeat(43) }, idempotencyKey: "k".repeat(32) };
    expect(problems(ResetPasswordInput, { ...input, password: "1234567" })).toEqual({
      password: { tooShort: 8 },
    });
    expect(problems(ResetPasswordInput, input)).toEqual({ password: "required" });
  });

  it("name the field within a list", () => {
    const input = {
      reference: "LC-7K3F-92QD",
      accessKey: "k".repeat(43),
      booker: { name: "A", email: "a@example.com" },
      learners: [{ name: "B", email: "b@example.com" }, { name: "C" }],
      acceptsTerms: true,
      idempotencyKey: "k".repeat(32),
    };
    expect(problems(BookingConfirmInput, input)).toEqual({ "learners.1.email": "required" });
  });
});

describe("fields", () => {
  it("are nothing when there is nothing in them", () => {
    const data = new FormData();
    data.set("a", "  ");
    data.set("b", " 12 ");
    data.set("c", "twelve");
    expect(fieldText(data, "a")).toBeUndefined();
    expect(fieldText(data, "none")).toBeUndefined();
    expect(fieldText(data, "b")).toBe("12");
    expect(secretText(data, "b")).toBe(" 12 ");
    expect(secretText(data, "none")).toBeUndefined();
    expect(fieldNumber(data, "b")).toBe(12);
    expect(fieldNumber(data, "a")).toBeUndefined();
    expect(fieldNumber(data, "c")).toBeNaN();
  });
});
