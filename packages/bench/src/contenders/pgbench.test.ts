import { expect, test } from "vitest";
import { PGBENCH_SCRIPT, readPgbenchOutput } from "./pgbench.ts";

const OUTPUT = `pgbench (15.18, server 18.4)
transaction type: /tmp/claim.pgbench
scaling factor: 1
query mode: prepared
number of clients: 32
number of transactions actually processed: 3664
number of failed transactions: 0 (0.000%)
latency average = 8.7 ms
tps = 3641.123456 (without initial connection time)
`;

test("reads what pgbench says", () => {
  expect(readPgbenchOutput(OUTPUT)).toEqual({ perSecond: 3641.123456, transactions: 3664 });
});

test("takes no excuses", () => {
  expect(() => readPgbenchOutput(OUTPUT.replace("transactions: 0", "transactions: 3"))).toThrow(
    "pgbench did not do its work",
  );
  expect(() => readPgbenchOutput("pgbench: error: connection refused")).toThrow("refused");
});

test("the script names no variables but those that pgbench is given", () => {
  const named = PGBENCH_SCRIPT.matchAll(/(?<!:):([A-Za-z_]\w*)/gu);
  expect(new Set([...named].map(([, name]) => name))).toEqual(
    new Set(["n", "runs", "run", "client_id"]),
  );
});
