import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { printPairs } from "../output/table.ts";
import { withoutControls } from "../output/terminal.ts";
import type { TokenOrigin } from "../sign-in/find-token.ts";

const COMES_FROM: Readonly<Record<TokenOrigin, string>> = {
  option: "--token",
  environment: "LECTERN_TOKEN",
  login: "lectern login",
  operator: "the academy on this machine",
};

/** `lectern whoami`: whose token the commands show to the academy, and what it may do. */
export async function whoamiCommand({
  client,
  findToken,
  terminal,
  url,
  signal,
}: Context): Promise<ExitCode> {
  const found = await findToken();
  const self = await client.tokens.self.query(undefined, { signal });
  const from = found?.from ?? null;
  terminal.json({ url, from, ...self });
  const who = self.kind === "operator" ? "the operator" : self.owner.name;
  terminal.print(terminal.style("bold", withoutControls(who)));
  printPairs(terminal, [
    ["Academy", url],
    ["Token", self.kind === "operator" ? "operator token" : self.name],
    ["From", from === null ? "" : COMES_FROM[from]],
    ["May", self.kind === "operator" ? "everything" : self.permissions.join(", ") || "nothing"],
    ["Until", self.kind === "operator" ? "" : self.expiresAt],
  ]);
  return EXIT.ok;
}
