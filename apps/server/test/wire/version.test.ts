import { describe, expect, it } from "vitest";
import { PROVEN_WITH, installedTrpcVersion } from "../../src/trpc/wire-handler.ts";
import { useTestServer } from "../support/test-server.ts";
import { startBeside } from "./beside.ts";

const server = useTestServer();

const ANOTHER = { trpcVersion: "11.99.0", trustedProxies: [] };

/** @returns how an academy's server sends what it is called */
async function ask(url: string) {
  const response = await fetch(`${url}/trpc/system.info`);
  expect(await response.json()).toMatchObject({ result: { data: { name: "Lectern" } } });
  return {
    isWhole: response.headers.has("content-length"),
    isInPieces: response.headers.get("transfer-encoding") === "chunked",
  };
}

describe("the version of tRPC that is installed", () => {
  it("is the one with which our handler was compared", () => {
    const installed = installedTrpcVersion();
    expect(
      installed,
      `tRPC ${installed} is installed, and our handler was compared with ${PROVEN_WITH}: until it is compared again, the stock adapter serves everything. Run \`pnpm test:wire\`, mend what differs, then set PROVEN_WITH in apps/server/src/trpc/wire-handler.ts.`,
    ).toBe(PROVEN_WITH);
  });

  it("lets our handler answer, in one piece", async () => {
    expect(await ask(server().url)).toEqual({ isWhole: true, isInPieces: false });
    expect(server().log()).not.toContain("stock adapter");
  });

  it("leaves everything to the stock adapter, where it is another: that sends pieces", async () => {
    await using beside = await startBeside(server(), ANOTHER);
    expect(await ask(beside.url)).toEqual({ isWhole: false, isInPieces: true });
  });

  it("is told to the log, where it is another", async () => {
    await using beside = await startBeside(server(), ANOTHER);
    const lines = beside.log().split("\n");
    const told = lines.filter((line) => line.includes("stock adapter"));
    expect(told.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 40, installed: "11.99.0", provenWith: PROVEN_WITH },
    ]);
  });
});
