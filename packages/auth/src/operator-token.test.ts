import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAllowed } from "./actor.ts";
import { createOperatorToken, isOperatorToken, operatorTokenVerifier } from "./operator-token.ts";
import { PERMISSIONS } from "./permissions.ts";

describe("an operator token", () => {
  it("lets its holder do everything, and is named in the audit log without being told", () => {
    const token = createOperatorToken();
    const actor = operatorTokenVerifier(token)(token);
    expect(actor?.kind).toBe("operator");
    expect(PERMISSIONS.every((permission) => actor && isAllowed(actor, permission))).toBe(true);
    expect(JSON.stringify(actor)).not.toContain(token.slice(11, 54));
  });

  it("is not another academy's", () => {
    const verify = operatorTokenVerifier(createOperatorToken());
    expect(verify(createOperatorToken())).toBeUndefined();
    expect(verify("")).toBeUndefined();
  });

  it("is told from a mistyped one by its checksum", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 11, max: 53 }),
        fc.constantFrom("A", "b", "0", "9", "_", "-"),
        (position, character) => {
          const token = createOperatorToken();
          expect(isOperatorToken(token)).toBe(true);
          fc.pre(token[position] !== character);
          const mistyped = token.slice(0, position) + character + token.slice(position + 1);
          expect(isOperatorToken(mistyped)).toBe(false);
        },
      ),
    );
  });

  it("can't be anything else", () => {
    expect(() => operatorTokenVerifier("hunter2")).toThrow(/right form/u);
  });
});

describe("the public", () => {
  it("may do nothing that needs a permission", () => {
    expect(PERMISSIONS.some((permission) => isAllowed({ kind: "public" }, permission))).toBe(false);
  });
});
