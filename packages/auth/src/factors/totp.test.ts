import fc from "fast-check";
import { expect, it } from "vitest";
import { newTotpSecret, stepOfCode, totpStepAt, totpUri } from "./totp.ts";

/** `12345678901234567890`, the secret of RFC 6238's appendix B, in base32. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/** Its test vectors of SHA-1: eight digits, of which apps show the last six. */
const VECTORS: readonly [seconds: number, code: string][] = [
  [59, "94287082"],
  [1111111109, "07081804"],
  [1111111111, "14050471"],
  [1234567890, "89005924"],
  [2000000000, "69279037"],
  [20000000000, "65353130"],
];

it.each(VECTORS)("takes the code of RFC 6238 at second %i", (seconds, code) => {
  const at = new Date(seconds * 1000);
  const shown = code.slice(2);
  expect(stepOfCode(SECRET, shown, at)).toBe(totpStepAt(at));
  expect(stepOfCode(SECRET, `${shown.slice(0, 3)} ${shown.slice(3)}`, at)).toBe(totpStepAt(at));
});

it("knows the step of a code one step before and after, and no code from further away", () => {
  const offsets = fc.integer({ min: -5, max: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...VECTORS), offsets, ([seconds, code], offset) => {
      const step = Math.floor(seconds / 30);
      const found = stepOfCode(SECRET, code.slice(2), new Date((step + offset) * 30_000));
      expect(found).toBe(Math.abs(offset) <= 1 ? step : undefined);
    }),
  );
});

it.each(["", "12345", "1234567", "abcdef", "００００００"])("refuses %j", (code) => {
  expect(stepOfCode(SECRET, code, new Date(59_000))).toBeUndefined();
});

it("makes secrets of 160 random bits, and addresses that apps read", () => {
  const secrets = Array.from({ length: 100 }, newTotpSecret);
  expect(new Set(secrets).size).toBe(100);
  const [secret = ""] = secrets;
  expect(secret).toMatch(/^[A-Z2-7]{32}$/u);
  const uri = new URL(
    totpUri(secret, { academy: "Fjord: Academy & Co", email: "aud+1@example.org" }),
  );
  expect(uri.protocol).toBe("otpauth:");
  expect(decodeURIComponent(uri.pathname.replace(/^\/+/u, ""))).toBe(
    "Fjord: Academy & Co:aud+1@example.org",
  );
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({
    secret,
    issuer: "Fjord: Academy & Co",
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
});
