import { setTimeout as sleep } from "node:timers/promises";
import { newIdempotencyKey } from "@lectern/client";
import type { KeyRotation, KeysStatus } from "@lectern/contract/keys";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { counted } from "../output/format.ts";
import { Progress } from "../output/progress.ts";
import { printTable } from "../output/table.ts";

export interface KeysRotateCommandOptions {
  readonly wait?: boolean;
}

/** Between two looks at how far it has got. */
const LOOK_MS = 1000;

/** `lectern keys rotate`: makes a new key, and has the academy encrypt everything with it. */
export async function keysRotateCommand(
  context: Context,
  { wait = false }: KeysRotateCommandOptions,
): Promise<ExitCode> {
  const { client, terminal, signal } = context;
  const input = { idempotencyKey: newIdempotencyKey() };
  const started = await client.keys.rotate.mutate(input, { signal });
  if (wait) terminal.note(`Encrypting everything with key ${started.keyId} …`);
  const rotation = wait ? await waitFor(context, started) : started;
  terminal.print(describe(rotation));
  if (rotation.unreadable > 0) {
    terminal.print(
      `${counted(rotation.unreadable, "value")} could not be decrypted, and stayed as they are with their keys: somebody changed them in the database.`,
    );
  }
  terminal.figures(rotation);
  return rotation.unreadable > 0 ? EXIT.trouble : EXIT.ok;
}

function describe({ keyId, doneAt, rewritten }: KeyRotation): string {
  return doneAt === null
    ? `A job encrypts everything with key ${keyId} now; lectern keys status shows how far it is.`
    : `Everything is encrypted with key ${keyId}: ${counted(rewritten, "value")} anew.`;
}

async function waitFor(
  { client, terminal, signal }: Context,
  { id, keyId }: KeyRotation,
): Promise<KeyRotation> {
  const before = await client.keys.status.query(undefined, { signal });
  const others = before.keys.filter((key) => key.id !== keyId);
  const left = others.reduce((sum, { values }) => sum + values, before.plain);
  using progress = new Progress(terminal);
  for (;;) {
    const rotation = await client.keys.rotation.query({ id }, { signal });
    if (rotation.doneAt !== null) return rotation;
    const { rewritten } = rotation;
    const total = left + (before.rotation?.rewritten ?? 0);
    progress.show("values", rewritten, Math.max(total, rewritten));
    await sleep(LOOK_MS, undefined, { signal });
  }
}

/** `lectern keys status`: the keys that there are, and how much is encrypted with each. */
export async function keysStatusCommand({ client, terminal, signal }: Context): Promise<ExitCode> {
  const status = await client.keys.status.query(undefined, { signal });
  terminal.json(status);
  printTable(
    terminal,
    [
      { title: "Key" },
      { title: "Made" },
      { title: "Values", align: "right" },
      { title: "", isFlexible: true },
    ],
    status.keys.map(({ id, createdAt, values, isActive }) => [
      String(id),
      createdAt,
      String(values),
      isActive ? "encrypts" : "",
    ]),
  );
  for (const line of remarksOn(status)) terminal.print(line);
  return status.lost > 0 ? EXIT.trouble : EXIT.ok;
}

function remarksOn({ plain, lost, rotation }: KeysStatus): string[] {
  const remarks: string[] = [];
  if (rotation?.doneAt === null) {
    const { keyId, rewritten } = rotation;
    remarks.push(`A rotation to key ${keyId} goes on: ${counted(rewritten, "value")} so far.`);
  }
  if (plain > 0) {
    remarks.push(
      `${counted(plain, "value")} of an earlier release ${plain === 1 ? "is" : "are"} not encrypted yet: lectern keys rotate encrypts them.`,
    );
  }
  if (lost > 0) {
    remarks.push(
      `${counted(lost, "value")} can't be decrypted: the key is gone, or they were changed.`,
    );
  }
  return remarks;
}
