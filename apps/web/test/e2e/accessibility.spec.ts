import { describe, expect, it } from "vitest";
import { findings } from "./axe.ts";
import { useVisits } from "./visit.ts";

const visit = useVisits();

/** What opens on the public pages; the pages themselves are looked at in `every-page.spec.ts`. */

describe("axe, in the light and in the dark", () => {
  it("finds nothing on the way to a booking, mistakes included", async () => {
    const { page } = await visit("/upcoming", { consent: "undecided" });
    await page
      .getByRole("link", { name: /^Book:/u })
      .first()
      .click();
    await page.getByLabel("How many places?").waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Set them aside" }).click();
    await page.getByText("Who books?").waitFor();
    await page.getByRole("button", { name: "Confirm the booking" }).click();
    await page.getByText(/fields need another look/u).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Give them back" }).click();
  });
});

describe("small screens", () => {
  it("open the filters with a button", async () => {
    const { page } = await visit("/courses", { viewport: { width: 360, height: 740 } });
    const toggle = page.getByRole("button", { name: "Narrow down" });
    expect(await page.locator("#filters").isVisible()).toBe(false);
    await toggle.click();
    expect(await toggle.getAttribute("aria-expanded")).toBe("true");
    expect(await page.locator("#filters").isVisible()).toBe(true);
  });
});
