import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { unasked, walkMatrix } from "../access/matrix.ts";
import { accessTable } from "../access/table.ts";
import { serve } from "../support/serve.ts";
import { startTrialServer } from "./support/trial-database.ts";
import { TrialFailed, demand, report, runTrial } from "./support/trial.ts";

/**
 * `pnpm test:access`: calls every procedure as everybody, for what is theirs and what is others', and
 * compares with the access that it declares. `--write` puts the table into docs/access.md.
 */
const args = process.argv.slice(2).filter((argument) => argument !== "--");
const { values } = parseArgs({ args, options: { write: { type: "boolean" } } });

const DOCUMENT = new URL("../../../../docs/access.md", import.meta.url);
const MARK = /(<!-- table: pnpm test:access --write -->\n)[^]*?(\n<!-- end of the table -->)/u;

await runTrial("access", async () => {
  if (values.write === true) {
    const before = await readFile(DOCUMENT, "utf8");
    await writeFile(DOCUMENT, before.replace(MARK, `$1\n${accessTable()}\n$2`));
  }
  demand(
    (await readFile(DOCUMENT, "utf8")).includes(accessTable()),
    "docs/access.md is not up to date: run it with --write",
  );
  demand(unasked().length === 0, `Nothing asks about the data of ${unasked().join(", ")}`);
  await using postgres = await startTrialServer();
  await using database = await postgres.createDatabase();
  const server = await serve(database.db);
  try {
    const { disagreements, ...figures } = await walkMatrix(server);
    for (const disagreement of disagreements) report(JSON.stringify(disagreement));
    if (disagreements.length > 0) {
      throw new TrialFailed(`${disagreements.length} calls did not meet what is declared`, figures);
    }
    return { ...figures, disagreements: 0 };
  } finally {
    await server.stop();
  }
});
