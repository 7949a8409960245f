import { privacyRequest } from "@lectern/database/schema/privacy";
import { createTestDatabase } from "@lectern/database/testing/database";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { apiOf } from "../../../testing/organisations.ts";
import { signIn } from "../../../testing/signed-in.ts";

describe("what people have asked about their data", () => {
  it("is listed for administrators, the newest first, and narrowed by what and how it stands", async () => {
    await using test = await createTestDatabase();
    const { db } = test;
    const asker = await signIn(db);
    const rows = [
      { kind: "export", state: "done" },
      { kind: "erasure", state: "withdrawn" },
      { kind: "erasure", state: "waiting" },
    ] as const;
    const ids: string[] = [];
    for (const [hour, row] of rows.entries()) {
      const id = uuidv7();
      ids.push(id);
      const createdAt = new Date(Date.UTC(2026, 0, 1, hour));
      await db.insert(privacyRequest).values({ id, personId: asker.id, createdAt, ...row });
    }
    const api = await apiOf(db, await signIn(db, { role: "administrator" }));
    const list = async (input: Parameters<typeof api.privacy.allRequests>[0]) =>
      (await api.privacy.allRequests(input)).items.map(({ id }) => id);
    const newestFirst = ids.toReversed();
    expect(await list({})).toEqual(newestFirst);
    const first = await api.privacy.allRequests({ limit: 2 });
    expect(first).toMatchObject({ total: 3 });
    expect(first.items[0]).toMatchObject({ person: { id: asker.id, name: asker.name } });
    expect(await list({ limit: 2, cursor: first.nextCursor })).toEqual([ids[0]]);
    expect(await list({ kind: "export" })).toEqual([ids[0]]);
    expect(await list({ kind: "erasure", state: "waiting" })).toEqual([ids[2]]);
    const finance = await apiOf(db, await signIn(db, { role: "finance" }));
    await expect(finance.privacy.allRequests({})).rejects.toThrow("privacy.write");
  });
});
