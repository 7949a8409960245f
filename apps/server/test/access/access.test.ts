import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { useTestServer } from "../support/test-server.ts";
import { unasked, walkMatrix } from "./matrix.ts";
import { accessTable } from "./table.ts";

/** Who may do what: `pnpm test:access` walks the same, and prints its figures. */

const server = useTestServer();
const DOCUMENT = new URL("../../../../docs/access.md", import.meta.url);

describe("the matrix of access", () => {
  it("asks about data wherever a scope or a proof is declared", () => {
    expect(unasked()).toEqual([]);
  });

  it("is what every procedure declares: as everybody, for what is theirs and what is others'", async () => {
    const { calls, disagreements } = await walkMatrix(server());
    expect(disagreements).toEqual([]);
    expect(calls).toBeGreaterThan(3000);
  }, 300_000);

  it("is the table of docs/access.md: `pnpm test:access --write` writes it anew", async () => {
    expect(await readFile(DOCUMENT, "utf8")).toContain(accessTable());
  });
});
