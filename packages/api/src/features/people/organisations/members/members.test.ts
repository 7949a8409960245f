import { operatorActor } from "@lectern/auth/actor";
import type { OrganisationRole } from "@lectern/contract/vocabulary";
import { person, roleAssignment } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { newKey } from "../../../../testing/factories.ts";
import {
  addressOf,
  apiAs,
  apiOf,
  createTestOrganisation,
  signInAt,
} from "../../../../testing/organisations.ts";
import { signIn } from "../../../../testing/signed-in.ts";
import { domainErrorCodeOf, refusalOfCall } from "../../../../testing/test-browser.ts";

const database = useTestDatabase();
const operator = () => apiAs(database().db, operatorActor("test-operator"));

const LAST_ONE = { code: "Conflict", data: { reason: "last_one", entity: "organisation" } };

async function rolesIn(organisationId: string): Promise<Map<string, string>> {
  const rows = await database()
    .db.select({ personId: roleAssignment.personId, role: roleAssignment.role })
    .from(roleAssignment)
    .where(eq(roleAssignment.organisationId, organisationId));
  return new Map(rows.map(({ personId, role }) => [personId, role]));
}

function change(organisationId: string, personId: string, role: OrganisationRole) {
  return { organisationId, personId, role, idempotencyKey: newKey() };
}

describe("the people of an organisation", () => {
  it("are listed by name for its managers, with what each is", async () => {
    const { db } = database();
    const organisationId = await createTestOrganisation(db);
    const manager = await signInAt(db, organisationId, "company_manager");
    const booker = await signInAt(db, organisationId, "company_booker");
    const learner = await signInAt(db, organisationId, "learner");
    await db.update(person).set({ name: "ada" }).where(eq(person.id, learner.id));
    await db.update(person).set({ name: "Zoe" }).where(eq(person.id, manager.id));
    await db
      .update(person)
      .set({ name: "Bo", suspendedAt: new Date(), suspendedReason: "Left" })
      .where(eq(person.id, booker.id));
    const api = await apiOf(db, manager);
    const first = await api.organisations.members({ organisationId, limit: 2 });
    const rest = await api.organisations.members({ organisationId, cursor: first.nextCursor });
    expect([first.total, rest.nextCursor]).toEqual([3, null]);
    expect([...first.items, ...rest.items]).toMatchObject([
      { personId: learner.id, name: "ada", role: "learner", isSuspended: false },
      { personId: booker.id, name: "Bo", role: "company_booker", isSuspended: true },
      {
        personId: manager.id,
        name: "Zoe",
        email: await addressOf(db, manager.id),
        role: "company_manager",
      },
    ]);
  });

  it("get other roles, and are taken out, by a manager who has just shown who they are", async () => {
    const { db } = database();
    const organisationId = await createTestOrganisation(db);
    const manager = await signInAt(db, organisationId, "company_manager");
    const learner = await signInAt(db, organisationId, "learner");
    const api = await apiOf(db, manager);
    const promoted = change(organisationId, learner.id, "company_booker");
    await api.organisations.changeRole(promoted);
    // At once, and not with their next session.
    expect((await learner.actor()).grants).toMatchObject([{ role: "company_booker" }]);
    const [row] = await db
      .select({ grantedById: roleAssignment.grantedById })
      .from(roleAssignment)
      .where(eq(roleAssignment.personId, learner.id));
    expect(row?.grantedById).toBe(manager.id);

    const removal = { organisationId, personId: learner.id, idempotencyKey: newKey() };
    expect(await api.organisations.removeMember(removal)).toMatchObject({ role: null });
    expect((await learner.actor()).grants).toEqual([]);
    expect(
      await refusalOfCall(api.organisations.changeRole({ ...promoted, idempotencyKey: newKey() })),
    ).toMatchObject({
      code: "NotFound",
      data: { entity: "person" },
    });

    await manager.becomeUnconfirmed();
    const later = await apiOf(db, manager);
    const own = change(organisationId, manager.id, "learner");
    expect((await refusalOfCall(later.organisations.changeRole(own))).code).toBe(
      "ConfirmationRequired",
    );
    expect((await refusalOfCall(later.organisations.removeMember(removal))).code).toBe(
      "ConfirmationRequired",
    );
  });

  it("of another organisation are out of a manager's hands, whatever id is shown with whichever organisation", async () => {
    const { db } = database();
    const [own, other] = [await createTestOrganisation(db), await createTestOrganisation(db)];
    const api = await apiOf(db, await signInAt(db, own, "company_manager"));
    const stranger = await signInAt(db, other, "learner");
    expect(
      (await refusalOfCall(api.organisations.changeRole(change(own, stranger.id, "learner")))).code,
    ).toBe("NotFound");
    expect(
      (await refusalOfCall(api.organisations.changeRole(change(other, stranger.id, "learner"))))
        .code,
    ).toBe("NotFound");
    expect((await rolesIn(other)).get(stranger.id)).toBe("learner");
  });
});

describe("the last manager", () => {
  it("can't go, be demoted or removed by the company itself, and can by staff", async () => {
    const { db } = database();
    const organisationId = await createTestOrganisation(db);
    const manager = await signInAt(db, organisationId, "company_manager");
    await signInAt(db, organisationId, "company_booker");
    const api = await apiOf(db, manager);
    const demotion = change(organisationId, manager.id, "learner");
    const removal = { organisationId, personId: manager.id, idempotencyKey: newKey() };
    for (const call of [
      () => api.organisations.changeRole(demotion),
      () => api.organisations.removeMember(removal),
      () => api.organisations.leave({ organisationId, idempotencyKey: newKey() }),
    ]) {
      expect(await refusalOfCall(call())).toMatchObject(LAST_ONE);
    }
    await operator().organisations.changeRole({ ...demotion, idempotencyKey: newKey() });
    expect((await rolesIn(organisationId)).get(manager.id)).toBe("learner");
    await operator().organisations.removeMember({ ...removal, idempotencyKey: newKey() });
    expect((await rolesIn(organisationId)).has(manager.id)).toBe(false);
  });

  it("is who can sign in: one who is suspended does not count", async () => {
    const { db } = database();
    const organisationId = await createTestOrganisation(db);
    const manager = await signInAt(db, organisationId, "company_manager");
    const suspended = await signInAt(db, organisationId, "company_manager");
    await db.update(person).set({ suspendedAt: new Date() }).where(eq(person.id, suspended.id));
    const api = await apiOf(db, manager);
    const leave = { organisationId, idempotencyKey: newKey() };
    expect(await refusalOfCall(api.organisations.leave(leave))).toMatchObject(LAST_ONE);
    await db.update(person).set({ suspendedAt: null }).where(eq(person.id, suspended.id));
    await api.organisations.leave(leave);
    expect([...(await rolesIn(organisationId)).keys()]).toEqual([suspended.id]);
  });

  it("stays when two managers demote each other at once, time after time", async () => {
    const { db } = database();
    for (let round = 0; round < 10; round += 1) {
      const organisationId = await createTestOrganisation(db);
      const one = await signInAt(db, organisationId, "company_manager");
      const two = await signInAt(db, organisationId, "company_manager");
      // Both were managers when their requests came in.
      const [first, second] = [await apiOf(db, one), await apiOf(db, two)];
      const settled = await Promise.allSettled([
        first.organisations.changeRole(change(organisationId, two.id, "learner")),
        second.organisations.changeRole(change(organisationId, one.id, "learner")),
      ]);
      const managers = [...(await rolesIn(organisationId)).values()].filter(
        (role) => role === "company_manager",
      );
      expect(managers).toHaveLength(1);
      const refused = settled.filter((each) => each.status === "rejected");
      expect(refused.map(({ reason }) => domainErrorCodeOf(reason))).toEqual(["Conflict"]);
    }
  });

  it("stays when all managers leave at once", async () => {
    const { db } = database();
    const organisationId = await createTestOrganisation(db);
    const managers = await Promise.all(
      Array.from({ length: 8 }, () => signInAt(db, organisationId, "company_manager")),
    );
    const apis = await Promise.all(managers.map((each) => apiOf(db, each)));
    const settled = await Promise.allSettled(
      apis.map((api) => api.organisations.leave({ organisationId, idempotencyKey: newKey() })),
    );
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
    expect([...(await rolesIn(organisationId)).values()]).toEqual(["company_manager"]);
  });
});

describe("leaving", () => {
  it("takes one's role in that organisation, and no other", async () => {
    const { db } = database();
    const [one, other] = [await createTestOrganisation(db), await createTestOrganisation(db)];
    const who = await signIn(
      db,
      { role: "learner", organisationId: one },
      { role: "company_booker", organisationId: other },
    );
    const api = await apiOf(db, who);
    const leave = { organisationId: one, idempotencyKey: newKey() };
    const left = await api.organisations.leave(leave);
    expect(await api.organisations.leave(leave)).toEqual(left);
    expect((await who.actor()).grants).toMatchObject([{ role: "company_booker" }]);
    expect(
      await db.$count(
        roleAssignment,
        and(eq(roleAssignment.organisationId, other), eq(roleAssignment.personId, who.id)),
      ),
    ).toBe(1);
  });
});
