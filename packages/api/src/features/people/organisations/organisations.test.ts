import { operatorActor } from "@lectern/auth/actor";
import { auditEntry } from "@lectern/database/schema/operations";
import { organisation } from "@lectern/database/schema/organisations";
import { roleAssignment } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { newKey } from "../../../testing/factories.ts";
import { apiAs, apiOf, createTestOrganisation, signInAt } from "../../../testing/organisations.ts";
import { signIn } from "../../../testing/signed-in.ts";
import { refusalOfCall } from "../../../testing/test-browser.ts";

const database = useTestDatabase();
const operator = () => apiAs(database().db, operatorActor("test-operator"));

describe("an organisation", () => {
  it("is written down by staff, and changed by them and by its managers", async () => {
    const { db } = database();
    const seller = await apiOf(db, await signIn(db, { role: "sales" }));
    const created = await seller.organisations.create({
      name: "Fjordkraft AS",
      country: "NO",
      registrationNumber: uuidv7(),
      idempotencyKey: newKey(),
    });
    expect(created).toMatchObject({ name: "Fjordkraft AS", version: 1, members: 0, domains: [] });

    const manager = await apiOf(db, await signInAt(db, created.id, "company_manager"));
    const update = {
      id: created.id,
      version: 1,
      changes: { billingEmail: "invoices@fjordkraft.example", billingAddress: "Havnegata 1\nOslo" },
      idempotencyKey: newKey(),
    };
    const updated = await manager.organisations.update(update);
    expect(updated).toMatchObject({
      name: "Fjordkraft AS",
      billingEmail: "invoices@fjordkraft.example",
      version: 2,
      members: 1,
    });
    expect(await manager.organisations.update(update)).toEqual(updated);
    expect(
      await refusalOfCall(manager.organisations.update({ ...update, idempotencyKey: newKey() })),
    ).toMatchObject({ code: "Conflict", data: { reason: "changed_meanwhile" } });

    const entries = await db
      .select()
      .from(auditEntry)
      .where(and(eq(auditEntry.entity, "organisation"), eq(auditEntry.entityId, created.id)));
    expect(entries.map(({ action }) => action).toSorted()).toEqual([
      "organisation.create",
      "organisation.update",
    ]);
    expect(JSON.stringify(entries.map(({ before, after }) => [before, after]))).not.toContain(
      "fjordkraft",
    );
  });

  it("has its registration number alone in its country", async () => {
    const registrationNumber = uuidv7();
    const wanted = { name: "One", country: "NO", registrationNumber };
    const first = await operator().organisations.create({ ...wanted, idempotencyKey: newKey() });
    const twice = { ...wanted, name: "Two", idempotencyKey: newKey() };
    const taken = {
      code: "Conflict",
      data: { reason: "already_exists", detail: "registrationNumber" },
    };
    expect(await refusalOfCall(operator().organisations.create(twice))).toMatchObject(taken);
    const elsewhere = await operator().organisations.create({ ...twice, country: "SE" });
    const move = { id: elsewhere.id, version: 1, changes: { country: "NO" } };
    expect(
      await refusalOfCall(operator().organisations.update({ ...move, idempotencyKey: newKey() })),
    ).toMatchObject(taken);
    expect((await operator().organisations.byId({ id: first.id })).version).toBe(1);
  });

  it("is not there for those of others, nor for staff who do not deal with companies", async () => {
    const { db } = database();
    const [own, other] = [await createTestOrganisation(db), await createTestOrganisation(db)];
    for (const role of ["company_booker", "company_manager"] as const) {
      const api = await apiOf(db, await signInAt(db, own, role));
      const listed = await api.organisations.list({ limit: 100 });
      expect([listed.items.map(({ id }) => id), listed.total]).toEqual([[own], 1]);
      expect((await api.organisations.byId({ id: own })).id).toBe(own);
      expect(await refusalOfCall(api.organisations.byId({ id: other }))).toMatchObject({
        code: "NotFound",
        data: { entity: "organisation" },
      });
    }
    const manager = await apiOf(db, await signInAt(db, own, "company_manager"));
    const key = { idempotencyKey: newKey() };
    const member = { organisationId: other, personId: newKey() };
    const refused = [
      () => manager.organisations.update({ id: other, version: 1, changes: {}, ...key }),
      () => manager.organisations.members({ organisationId: other }),
      () => manager.organisations.changeRole({ ...member, role: "learner", ...key }),
      () => manager.organisations.removeMember({ ...member, ...key }),
      () =>
        manager.organisations.invite({
          organisationId: other,
          name: "Kari",
          email: "kari@example.com",
          role: "learner",
          ...key,
        }),
      () => manager.organisations.invitations({ organisationId: other }),
      () =>
        manager.organisations.withdrawInvitation({ organisationId: other, id: newKey(), ...key }),
      () => manager.organisations.addDomain({ organisationId: other, domain: "a.example", ...key }),
      () =>
        manager.organisations.verifyDomain({ organisationId: other, domainId: newKey(), ...key }),
      () =>
        manager.organisations.removeDomain({ organisationId: other, domainId: newKey(), ...key }),
      () => manager.organisations.seats({ organisationId: other }),
      () => manager.organisations.statement({ organisationId: other }),
      () => manager.organisations.privateRuns({ organisationId: other }),
      () => manager.organisations.leave({ organisationId: other, ...key }),
      () => manager.organisations.join({ organisationId: other, ...key }),
    ];
    for (const call of refused) expect((await refusalOfCall(call())).code).toBe("NotFound");

    const editor = await apiOf(db, await signIn(db, { role: "course_editor" }));
    expect((await refusalOfCall(editor.organisations.list({}))).code).toBe("Forbidden");
    const learner = await apiOf(db, await signInAt(db, own, "learner"));
    expect((await refusalOfCall(learner.organisations.byId({ id: own }))).code).toBe("Forbidden");
    const booker = await apiOf(db, await signInAt(db, own, "company_booker"));
    expect((await refusalOfCall(booker.organisations.members({ organisationId: own }))).code).toBe(
      "Forbidden",
    );
    // That companies are written down and set aside is the academy's business.
    const version = { id: own, version: 1, ...key };
    for (const call of [
      () => manager.organisations.create({ name: "Mine", country: "NO", ...key }),
      () => manager.organisations.archive(version),
      () => manager.organisations.restore(version),
    ]) {
      expect((await refusalOfCall(call())).code).toBe("Forbidden");
    }
  });

  it("is found by a part of its name, number or domain, in the order of names", async () => {
    const { db } = database();
    const mark = newKey();
    const names = ["b", "a", "C"].map((letter) => `${letter} ${mark} % of all`);
    for (const name of names) await createTestOrganisation(db, { name });
    const numbered = await createTestOrganisation(db, { registrationNumber: `X${mark}` });
    const domained = await createTestOrganisation(db);
    await operator().organisations.addDomain({
      organisationId: domained,
      domain: `d${mark}.example`,
      idempotencyKey: newKey(),
    });
    const all = await operator().organisations.list({ query: mark.toUpperCase(), limit: 100 });
    expect(new Set(all.items.map(({ id }) => id))).toContain(numbered);
    expect(new Set(all.items.map(({ id }) => id))).toContain(domained);
    expect(all.total).toBe(5);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<ReturnType<typeof operator>["organisations"]["list"]>> =
        await operator().organisations.list({ query: `${mark} % OF`, limit: 1, cursor });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([names[1], names[0], names[2]]);
  });
});

describe("an organisation that was archived", () => {
  it("is nobody's any more: its people can do nothing for it, and nothing new is done with it", async () => {
    const { db } = database();
    const id = await createTestOrganisation(db);
    const manager = await signInAt(db, id, "company_manager");
    const { id: invitationId } = await (
      await apiOf(db, manager)
    ).organisations.invite({
      organisationId: id,
      name: "Kari",
      email: `${newKey()}@example.com`,
      role: "learner",
      idempotencyKey: newKey(),
    });
    const archived = await operator().organisations.archive({
      id,
      version: 1,
      idempotencyKey: newKey(),
    });
    expect(archived).toMatchObject({ version: 2, members: 1 });
    expect(archived.archivedAt).not.toBeNull();

    expect((await manager.actor()).grants).toEqual([]);
    const api = await apiOf(db, manager);
    expect((await refusalOfCall(api.organisations.byId({ id }))).code).toBe("Forbidden");
    expect((await refusalOfCall(api.organisations.privateRuns({ organisationId: id }))).code).toBe(
      "NotFound",
    );
    const invitations = await operator().organisations.invitations({ organisationId: id });
    expect(invitations.items.map((one) => one.id)).not.toContain(invitationId);

    const listed = await operator().organisations.list({ query: id, limit: 100 });
    expect(listed.items).toEqual([]);
    const withArchived = await operator().organisations.list({ query: id, withArchived: true });
    expect(withArchived.items.map((one) => one.id)).toEqual([id]);

    const key = { idempotencyKey: newKey() };
    const refused = [
      () => operator().organisations.update({ id, version: 2, changes: {}, ...key }),
      () =>
        operator().organisations.invite({
          organisationId: id,
          name: "Ola",
          email: "ola@example.com",
          role: "learner",
          ...key,
        }),
      () => operator().organisations.addDomain({ organisationId: id, domain: "a.example", ...key }),
      () => operator().organisations.archive({ id, version: 2, ...key }),
      () =>
        operator().organisations.changeRole({
          organisationId: id,
          personId: manager.id,
          role: "learner",
          ...key,
        }),
    ];
    for (const call of refused) {
      expect(await refusalOfCall(call())).toMatchObject({
        code: "Conflict",
        data: { reason: "wrong_state" },
      });
    }

    await operator().organisations.restore({ id, version: 2, idempotencyKey: newKey() });
    expect((await (await apiOf(db, manager)).organisations.byId({ id })).archivedAt).toBeNull();
  });

  it("can be left, even by the last who managed it", async () => {
    const { db } = database();
    const id = await createTestOrganisation(db);
    const manager = await signInAt(db, id, "company_manager");
    await db.update(organisation).set({ archivedAt: new Date() }).where(eq(organisation.id, id));
    const api = await apiOf(db, manager);
    await api.organisations.leave({ organisationId: id, idempotencyKey: newKey() });
    expect(await db.$count(roleAssignment, eq(roleAssignment.organisationId, id))).toBe(0);
  });
});
