import { oneTimeKey } from "@lectern/auth/one-time";
import { oneTimeToken, roleAssignment } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { newKey, testCall } from "../../../../testing/factories.ts";
import {
  addressOf,
  apiAs,
  apiOf,
  createTestOrganisation,
  signInAt,
} from "../../../../testing/organisations.ts";
import { queuedMails } from "../../../../testing/queued-mails.ts";
import { signIn } from "../../../../testing/signed-in.ts";
import { TestBrowser, domainErrorCodeOf, refusalOfCall } from "../../../../testing/test-browser.ts";
import { InvitationData } from "../../accounts/invitation-data.ts";

const database = useTestDatabase();

async function createCompany() {
  const { db } = database();
  const organisationId = await createTestOrganisation(db, { name: "Fjordkraft" });
  const manager = await signInAt(db, organisationId, "company_manager");
  return { organisationId, manager, api: await apiOf(db, manager) };
}

function invitationTo(organisationId: string, email: string) {
  return {
    organisationId,
    name: "Kari Nordmann",
    email,
    role: "company_booker" as const,
    language: "nb",
    idempotencyKey: newKey(),
  };
}

const newAddress = () => `Kari.${newKey()}@example.com`;

async function tokenOf(id: string) {
  const [row] = await database().db.select().from(oneTimeToken).where(eq(oneTimeToken.id, id));
  if (row === undefined) throw new Error("There is no such token");
  return row;
}

describe("an invitation into an organisation", () => {
  it("is a mail with a link that is good for a week, and says who invites, where to, and as what", async () => {
    const { db } = database();
    const { organisationId, manager, api } = await createCompany();
    const email = newAddress();
    const input = invitationTo(organisationId, email);
    const invited = await api.organisations.invite(input);
    expect(await api.organisations.invite(input)).toEqual(invited);
    expect(await queuedMails(db, invited.id)).toEqual(["invitation"]);
    const row = await tokenOf(invited.id);
    expect(row).toMatchObject({ kind: "invitation", email, personId: null, usedAt: null });
    expect(InvitationData.parse(row.data)).toEqual({
      name: "Kari Nordmann",
      role: "company_booker",
      organisationId,
      country: null,
      inviterId: manager.id,
      language: "nb",
    });
    const days = (row.expiresAt.getTime() - row.createdAt.getTime()) / 86_400_000;
    expect(days).toBeCloseTo(7, 1);
    const open = await api.organisations.invitations({ organisationId });
    expect(open).toMatchObject({ total: 1, items: [invited] });
  });

  it("makes whoever accepts it a member, with the role", async () => {
    const { db } = database();
    const { organisationId, api } = await createCompany();
    const email = newAddress();
    const { id } = await api.organisations.invite(invitationTo(organisationId, email));
    const browser = new TestBrowser(db);
    await (
      await browser.api()
    ).account.acceptInvitation({
      proof: { id, key: oneTimeKey(testCall().accessKeys, id) },
      password: "seven otters in a fjord",
      acceptsTerms: true,
      idempotencyKey: newKey(),
    });
    const actor = await browser.actor();
    expect(actor).toMatchObject({
      kind: "person",
      email,
      grants: [{ role: "company_booker", scope: { kind: "organisation", organisationId } }],
    });
    expect((await api.organisations.invitations({ organisationId })).items).toEqual([]);
    // By their address now, in any letter case.
    const again = invitationTo(organisationId, email.toUpperCase());
    expect(await refusalOfCall(api.organisations.invite(again))).toMatchObject({
      code: "Conflict",
      data: { reason: "already_exists", detail: "email" },
    });
  });

  it("takes the place of an earlier one to the same address, and of none to another or elsewhere", async () => {
    const { organisationId, api } = await createCompany();
    const elsewhere = await createCompany();
    const email = newAddress();
    const first = await api.organisations.invite(invitationTo(organisationId, email));
    const other = await api.organisations.invite(invitationTo(organisationId, newAddress()));
    const there = await elsewhere.api.organisations.invite(
      invitationTo(elsewhere.organisationId, email),
    );
    const second = await api.organisations.invite(
      invitationTo(organisationId, email.toLowerCase()),
    );
    expect((await tokenOf(first.id)).usedAt).not.toBeNull();
    const open = await api.organisations.invitations({ organisationId, limit: 1 });
    expect(open).toMatchObject({ total: 2, items: [{ id: second.id }] });
    const rest = await api.organisations.invitations({ organisationId, cursor: open.nextCursor });
    expect(rest.items.map(({ id }) => id)).toEqual([other.id]);
    expect((await tokenOf(there.id)).usedAt).toBeNull();
  });

  it("can be withdrawn while nobody has accepted it, by the organisation alone", async () => {
    const { organisationId, api } = await createCompany();
    const elsewhere = await createCompany();
    const { id } = await api.organisations.invite(invitationTo(organisationId, newAddress()));
    const withdrawal = { id, idempotencyKey: newKey() };
    const theirs = { ...withdrawal, organisationId: elsewhere.organisationId };
    expect((await refusalOfCall(elsewhere.api.organisations.withdrawInvitation(theirs))).code).toBe(
      "NotFound",
    );
    const own = { ...withdrawal, organisationId };
    expect(await api.organisations.withdrawInvitation(own)).toEqual({ id });
    const again = { ...own, idempotencyKey: newKey() };
    expect(await refusalOfCall(api.organisations.withdrawInvitation(again))).toMatchObject({
      code: "NotFound",
      data: { entity: "invitation" },
    });
    const proof = { id, key: oneTimeKey(testCall().accessKeys, id) };
    expect((await refusalOfCall(apiAs(database().db).account.invitation({ proof }))).code).toBe(
      "LinkNotUsable",
    );
  });

  it("does not tell whether the address has an account", async () => {
    const { db } = database();
    const { organisationId, api } = await createCompany();
    const stranger = await signIn(db);
    const email = await addressOf(db, stranger.id);
    const known = await api.organisations.invite(invitationTo(organisationId, email));
    const unknown = await api.organisations.invite(invitationTo(organisationId, newAddress()));
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    expect((await tokenOf(known.id)).personId).toBe(stranger.id);
    // Nothing is given before it is accepted.
    expect(await db.$count(roleAssignment, eq(roleAssignment.personId, stranger.id))).toBe(0);
  });

  it("is not sent to one address over and over", async () => {
    const { db } = database();
    const { organisationId, api } = await createCompany();
    const email = newAddress();
    const outcomes: string[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      outcomes.push(
        await api.organisations.invite(invitationTo(organisationId, email)).then(
          () => "sent",
          (error: unknown) => domainErrorCodeOf(error),
        ),
      );
    }
    expect(outcomes).toEqual([
      ...Array.from({ length: 5 }, () => "sent"),
      "RateLimited",
      "RateLimited",
    ]);
    // What was refused made nothing worthless, and left nothing.
    const rows = await db
      .select({ usedAt: oneTimeToken.usedAt })
      .from(oneTimeToken)
      .where(sql`${oneTimeToken.email} = ${email}`);
    expect(rows).toHaveLength(5);
    expect(rows.filter(({ usedAt }) => usedAt === null)).toHaveLength(1);
  });
});
