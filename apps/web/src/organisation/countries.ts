import { compareNames, countryName } from "../format/names.ts";

/** Where companies, and the academy, most often are. */
const USUAL = ["DE", "DK", "FI", "FR", "GB", "IE", "NL", "NO", "SE", "SG", "TR", "US"];

/**
 * @param others that are to be among them
 * @returns countries to choose from, by their names
 */
export function countryChoices(others: readonly string[] = []): { code: string; name: string }[] {
  return [...new Set([...USUAL, ...others])]
    .map((code) => ({ code, name: countryName(code) }))
    .toSorted((one, other) => compareNames(one.name, other.name));
}
