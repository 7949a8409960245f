import { createServer } from "node:http";
import { newIdempotencyKey } from "@lectern/client";
import { beforeAll, describe, expect, it } from "vitest";
import { heading } from "./accounts.ts";
import { findings } from "./axe.ts";
import { people } from "./people.ts";
import { type StaffMember, newStaffMember } from "./staff.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

let administrator: StaffMember;

beforeAll(async () => {
  administrator = await newStaffMember("Asta Lien", "administrator");
}, 120_000);

/** A provider that says who it is, and lets nobody in. */
async function startProvider(): Promise<AsyncDisposable & { readonly issuer: string }> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
        code_challenge_methods_supported: ["S256"],
      }),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const issuer = `http://127.0.0.1:${port}`;
  return {
    issuer,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function settings(path: string) {
  const { storageState } = administrator;
  const there = await visit(`/office/settings/${path}`, { storageState });
  await there.page.getByRole("heading", { level: 1 }).waitFor();
  return there;
}

describe("keys", () => {
  it("are counted, and changed for a new one, which is followed until it is done", async () => {
    const { keys } = await people().staff.keys.status.query();
    const { page, errors } = await settings("keys");
    await heading(page, "Keys");
    const list = page.getByRole("listitem");
    await list
      .filter({ hasText: `Key ${String(keys.at(-1)?.id)}` })
      .getByText("Encrypts")
      .waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Change the key" }).click();
    const dialog = page.getByRole("dialog", { name: "Change the key?" });
    await dialog.getByText("A new key is made").waitFor();
    await dialog.getByRole("button", { name: "Make a new key" }).click();
    await page.getByText(/^Key \d+ is made/u).waitFor();
    await page.getByRole("heading", { name: "Latest change of keys" }).waitFor();
    await page
      .getByRole("region", { name: "Latest change of keys" })
      .getByRole("status")
      .getByText("Done")
      .waitFor({ timeout: 60_000 });
    const after = await people().staff.keys.status.query();
    expect(after.keys.at(-1)?.id).toBeGreaterThan(keys.at(-1)?.id ?? 0);
    expect(errors).toEqual([]);
  }, 120_000);
});

describe("privacy", () => {
  it("tells what people asked, and how long data is kept", async () => {
    const { page, errors } = await settings("privacy?kind=erasure");
    await heading(page, "Privacy");
    await page.getByRole("heading", { name: "How long data is kept" }).waitFor();
    await page
      .getByText(/days after/u)
      .first()
      .waitFor();
    expect(await findings(page)).toEqual([]);
    expect(errors).toEqual([]);
  }, 60_000);
});

describe("sign-in providers", () => {
  it("are shown with what was agreed, and switched off and on", async () => {
    const { staff } = people();
    const slug = `idp-${crypto.randomUUID().slice(0, 8)}`;
    const organisation = await staff.organisations.create.mutate({
      name: `Company ${slug}`,
      country: "NO",
      idempotencyKey: newIdempotencyKey(),
    });
    await using provider = await startProvider();
    await staff.identity.createProvider.mutate({
      slug,
      name: `Login ${slug}`,
      issuer: provider.issuer,
      clientId: "lectern",
      clientSecret: "not a secret",
      organisationId: organisation.id,
      idempotencyKey: newIdempotencyKey(),
    });
    const [one, watcher] = [await settings("sign-in"), await settings("sign-in")];
    const { page } = one;
    const row = page.getByRole("row").filter({ hasText: slug });
    await row.focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: `Login ${slug}` });
    await panel.getByLabel("Address to come back to").waitFor();
    expect(await findings(page)).toEqual([]);
    await panel.getByRole("button", { name: "Switch off" }).click();
    const dialog = page.getByRole("dialog", { name: `Switch Login ${slug} off?` });
    await dialog.getByRole("button", { name: "Switch off" }).click();
    await page.getByText(`Login ${slug} is off.`).waitFor();
    await panel.getByRole("button", { name: "Switch on" }).waitFor();
    await watcher.page.reload();
    await watcher.page.getByRole("row").filter({ hasText: slug }).getByText("Off").waitFor();
    expect([...one.errors, ...watcher.errors]).toEqual([]);
  }, 90_000);
});
