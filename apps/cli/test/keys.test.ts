import { createClient, newIdempotencyKey } from "@lectern/client";
import { KeyRotation, KeysStatus } from "@lectern/contract/keys";
import { describe, expect, it } from "vitest";
import { useAcademy } from "./support/academy.ts";
import { lectern } from "./support/lectern.ts";

/** The keys of personal fields, as an operator renews them. */

const academy = useAcademy();

async function ask(): Promise<void> {
  await createClient({ url: academy().url }).enquiries.send.mutate({
    kind: "contact",
    name: "Aud Lie",
    email: "aud@example.com",
    phone: "+47 22 00 00 01",
    message: "?",
    consent: true,
    idempotencyKey: newIdempotencyKey(),
  });
}

async function status(): Promise<KeysStatus> {
  return KeysStatus.parse((await lectern(["keys", "status", "--json"], academy())).json());
}

describe("lectern keys", { timeout: 120_000 }, () => {
  it("renews the key, waits until it is done, and shows what is encrypted with which", async () => {
    await ask();
    const before = await status();
    // The number, and the answer to the request that sent it.
    expect(before).toMatchObject({ keys: [{ isActive: true, values: 2 }], rotation: null });

    const rotated = await lectern(["keys", "rotate", "--wait"], academy());
    expect(rotated.exitCode).toBe(0);
    const [told, figures = "", ...more] = rotated.stdout.trimEnd().split("\n");
    expect(told).toMatch(/^Everything is encrypted with key \d+: \d+ values anew\.$/u);
    expect(more).toEqual([]);
    const rotation = KeyRotation.parse(JSON.parse(figures));

    const after = await status();
    expect(after.keys).toMatchObject([{ id: rotation.keyId, isActive: true, values: 3 }]);
    expect(after.rotation).toEqual(rotation);
    const { stdout } = await lectern(["keys", "status"], academy());
    expect(stdout).toMatch(new RegExp(`^${rotation.keyId} .* 3 +encrypts$`, "mu"));
  });

  it("begins without waiting, and joins what has begun", async () => {
    const first = await lectern(["keys", "rotate", "--json"], academy());
    const again = await lectern(["keys", "rotate", "--json"], academy());
    expect(KeyRotation.parse(first.json()).doneAt).toBe(null);
    expect(again.json()).toMatchObject({ id: KeyRotation.parse(first.json()).id });
    const { stdout } = await lectern(["keys", "status"], academy());
    expect(stdout).toContain("A rotation to key");
    await lectern(["keys", "rotate", "--wait", "--json"], academy());
    expect((await status()).keys).toHaveLength(1);
  });

  it("is refused to whoever is not allowed", async () => {
    const config = { ...academy().config, token: "wrong" };
    const { exitCode, stderr } = await lectern(["keys", "rotate"], { config });
    expect(exitCode).toBe(4);
    expect(stderr).toContain("Unauthenticated");
  });
});
