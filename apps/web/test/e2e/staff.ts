import { type RouterInputs, newIdempotencyKey } from "@lectern/client";
import type { BrowserContextOptions } from "playwright-core";
import { inject } from "vitest";
import { type AccountHolder, newAccount, setUpApp, signIn } from "./accounts.ts";
import { launchChromium } from "./chromium.ts";
import { people } from "./people.ts";

/** People of the academy's staff: with an account, a second factor and a role. */

export type StaffRole = RouterInputs["people"]["assignRole"]["role"];

export interface StaffMember extends AccountHolder {
  readonly id: string;
  /** What a browser keeps in which they are signed in: `visit(path, { storageState })`. */
  readonly storageState: NonNullable<BrowserContextOptions["storageState"]>;
}

/**
 * Somebody who has just been given a role, and is signed in with a second factor.
 *
 * @param before what happens while they have an account and nothing else
 */
export async function newStaffMember(
  name: string,
  role: StaffRole,
  before: (who: AccountHolder) => Promise<void> = async () => {},
): Promise<StaffMember> {
  const who = await newAccount(name);
  await before(who);
  const { staff } = people();
  const { items } = await staff.people.list.query({ query: who.email });
  const id = items[0]?.id;
  if (id === undefined) throw new Error(`Nobody has the address ${who.email}`);
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ baseURL: inject("site") });
    const page = await context.newPage();
    await signIn(page, who);
    await page.goto("/account/security");
    await setUpApp(page);
    await staff.people.assignRole.mutate({
      personId: id,
      role,
      idempotencyKey: newIdempotencyKey(),
    });
    return { ...who, id, storageState: await context.storageState() };
  } finally {
    await browser.close();
  }
}
