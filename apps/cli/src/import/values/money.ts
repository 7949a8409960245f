/** Prices as other systems write them. */

/** Symbols that belong to one currency alone; "$" and "kr" belong to many. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ["€", "EUR"],
  ["£", "GBP"],
  ["₺", "TRY"],
  ["₹", "INR"],
]);

/** @returns the currency that a text such as `€ 100` or `100 eur` names without doubt */
export function currencyIn(text: string): string | undefined {
  for (const [symbol, code] of SYMBOLS) if (text.includes(symbol)) return code;
  const code = /\b([A-Z]{3})\b/u.exec(text.toUpperCase())?.[1];
  return code !== undefined && Intl.supportedValuesOf("currency").includes(code) ? code : undefined;
}

/**
 * @param text an amount with separators, such as `1 250,50`, `1.250,50` or `1,250.50`
 * @returns the plain decimal `1250.50`, or `undefined` where it could be read in two ways
 */
export function decimalIn(text: string): string | undefined {
  const digits = text
    .replaceAll(/[^\d.,'\s\u00A0\u202F-]/gu, "")
    .replaceAll(/[\s\u00A0\u202F']/gu, "")
    .replace(/[.,]?-+$/u, "");
  if (!/^\d[\d.,]*$/u.test(digits)) return undefined;
  const lastPoint = digits.lastIndexOf(".");
  const lastComma = digits.lastIndexOf(",");
  if (lastPoint < 0 && lastComma < 0) return digits;
  const separator = lastPoint > lastComma ? "." : ",";
  const grouping = separator === "." ? "," : ".";
  const parts = digits.replaceAll(grouping, "").split(separator);
  const [whole = "", fraction = ""] = parts;
  const hasBoth = lastPoint >= 0 && lastComma >= 0;
  if (parts.length > 2) {
    const isGrouped = parts.slice(1).every((part) => part.length === 3);
    return isGrouped && !hasBoth ? parts.join("") : undefined;
  }
  // "1.250" is a thousand and more for some, a little over one for others.
  if (!hasBoth && fraction.length === 3 && whole.length <= 3 && whole !== "0") return undefined;
  return `${whole}.${fraction}`;
}
