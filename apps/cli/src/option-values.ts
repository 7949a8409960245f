import { InvalidArgumentError, Option } from "commander";
import { LocalDate } from "@lectern/contract/primitives";

/** What options take, checked before anything is done. */

/** @returns a parser of whole numbers within bounds */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`Write a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** Collects what an option is given each time. */
export function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function date(text: string): string {
  if (!LocalDate.safeParse(text).success)
    throw new InvalidArgumentError("Write a date such as 2027-03-01.");
  return text;
}

export function idempotencyKey(text: string): string {
  if (!/^[A-Za-z0-9_-]{16,100}$/u.test(text)) {
    throw new InvalidArgumentError("Write 16 to 100 letters, digits, - and _.");
  }
  return text;
}

/** A hash of 32 bytes. */
export function sha256(text: string): string {
  if (!/^[0-9a-f]{64}$/iu.test(text)) {
    throw new InvalidArgumentError("Write the 64 hexadecimal digits that were printed.");
  }
  return text.toLowerCase();
}

export function academyAddress(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/u.test(url.protocol)) {
    throw new InvalidArgumentError("Write an address such as https://academy.example.");
  }
  return text;
}

/** @returns an option that takes one of a list, as often as it is given */
export function anyOf(flags: string, description: string, choices: readonly string[]): Option {
  const option = new Option(flags, description).choices(choices);
  return option.argParser((value: string, before: readonly string[] | undefined) => {
    if (choices.includes(value)) return [...(before ?? []), value];
    throw new InvalidArgumentError(`Choose one of ${choices.join(", ")}.`);
  });
}
