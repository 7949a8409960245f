import { expect, it } from "vitest";
import { isCurrency, readAmount, writeAmount } from "./amount.ts";

it("reads amounts as people write them", () => {
  expect(readAmount("12500", "NOK")).toBe(12_500_00);
  expect(readAmount("12 500,50", "NOK")).toBe(12_500_50);
  expect(readAmount(" 0.29 ", "GBP")).toBe(29);
  expect(readAmount("1500", "JPY")).toBe(1500);
  for (const none of ["", "abc", "1,2,3"]) expect(readAmount(none, "NOK")).toBeNaN();
});

it("writes them as they are read", () => {
  for (const amount of [0, 1, 1250, 99_999_99]) {
    const money = { amount, currency: "EUR" };
    expect(readAmount(writeAmount(money), "EUR")).toBe(amount);
  }
});

it("knows what may be a currency", () => {
  expect(isCurrency("NOK")).toBe(true);
  for (const other of ["", "NO", "nok", "N0K"]) expect(isCurrency(other)).toBe(false);
});
