import type { Actor } from "@lectern/auth/actor";
import { ORGANISATION_DOMAINS_MAX } from "@lectern/contract/organisations";
import { organisation, organisationDomain } from "@lectern/database/schema/organisations";
import { person } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, eq, isNotNull } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { appRouter } from "../../../../app-router.ts";
import { TEST_AUTH, newKey, testContext } from "../../../../testing/factories.ts";
import {
  apiOf,
  createTestOrganisation,
  giveAddress,
  signInAt,
} from "../../../../testing/organisations.ts";
import { type SignedIn, signIn } from "../../../../testing/signed-in.ts";
import { domainErrorCodeOf, refusalOfCall } from "../../../../testing/test-browser.ts";
import { t } from "../../../../trpc/init.ts";

const database = useTestDatabase();
const callerOf = t.createCallerFactory(appRouter);

/** A DNS of its own. */
class TestDns {
  readonly records = new Map<string, string[]>();
  readonly asked: string[] = [];
  isDown = false;

  write(name: string, ...texts: string[]): void {
    this.records.set(name, texts);
  }

  apiAs(actor: Actor) {
    const resolveTxt = (name: string) => {
      this.asked.push(name);
      if (this.isDown) return Promise.reject(new Error("queryTxt ETIMEOUT"));
      return Promise.resolve(this.records.get(name) ?? []);
    };
    return callerOf({
      ...testContext(database().db, actor),
      auth: { ...TEST_AUTH, resolveTxt },
    });
  }
}

async function createCompany(dns: TestDns) {
  const { db } = database();
  const organisationId = await createTestOrganisation(db);
  const manager = await signInAt(db, organisationId, "company_manager");
  const api = dns.apiAs(await manager.actor());
  const add = (domain: string) =>
    api.organisations.addDomain({ organisationId, domain, idempotencyKey: newKey() });
  const verify = (domainId: string, idempotencyKey = newKey()) =>
    api.organisations.verifyDomain({ organisationId, domainId, idempotencyKey });
  return { organisationId, api, add, verify };
}

const newDomain = () => `mail-${newKey()}.example`;

/** @returns the id of a company that has shown that the domain is its own */
async function createCompanyAt(domain: string): Promise<string> {
  const dns = new TestDns();
  const company = await createCompany(dns);
  const added = await company.add(domain);
  dns.write(added.recordName, added.recordValue);
  await company.verify(added.id);
  return company.organisationId;
}

async function signInWith(email: string): Promise<SignedIn> {
  const { db } = database();
  const who = await signIn(db);
  await giveAddress(db, who.id, email);
  return who;
}

describe("a domain", () => {
  it("is verified once its record stands in the DNS, and stays so", async () => {
    const dns = new TestDns();
    const company = await createCompany(dns);
    const domain = newDomain();
    const added = await company.add(domain.toUpperCase());
    expect(added).toMatchObject({
      domain,
      recordName: `_lectern.${domain}`,
      verifiedAt: null,
      checkedAt: null,
    });
    expect(added.recordValue).toMatch(/^lectern-verification=[A-Za-z0-9_-]{32}$/u);

    const missing = await company.verify(added.id);
    expect(missing).toMatchObject({ outcome: "record_missing", domain: { verifiedAt: null } });
    expect(missing.domain.checkedAt).not.toBeNull();
    // Of the domain itself, or nearly right, is not right.
    dns.write(domain, added.recordValue);
    dns.write(added.recordName, "v=spf1 -all", `${added.recordValue}x`);
    expect((await company.verify(added.id)).outcome).toBe("record_missing");
    dns.isDown = true;
    expect(await company.verify(added.id)).toMatchObject({
      outcome: "lookup_failed",
      domain: { verifiedAt: null },
    });
    dns.isDown = false;

    dns.write(added.recordName, "v=spf1 -all", ` ${added.recordValue} `);
    const key = newKey();
    const verified = await company.verify(added.id, key);
    expect(verified.outcome).toBe("verified");
    expect(verified.domain.verifiedAt).not.toBeNull();
    expect(dns.asked.every((name) => name === added.recordName)).toBe(true);

    dns.records.clear();
    expect(await company.verify(added.id, key)).toEqual(verified);
    expect(await company.verify(added.id)).toMatchObject({
      outcome: "record_missing",
      domain: { verifiedAt: verified.domain.verifiedAt },
    });
    const { domains } = await company.api.organisations.byId({ id: company.organisationId });
    expect(domains).toMatchObject([{ id: added.id, verifiedAt: verified.domain.verifiedAt }]);
  });

  it("is one organisation's: of any number who show it at once, one has it", async () => {
    const dns = new TestDns();
    const domain = newDomain();
    const companies = await Promise.all(Array.from({ length: 12 }, () => createCompany(dns)));
    const added = await Promise.all(companies.map((company) => company.add(domain)));
    // Each has its own challenge, so that no record verifies for another one.
    expect(new Set(added.map(({ recordValue }) => recordValue)).size).toBe(12);
    dns.write(`_lectern.${domain}`, ...added.map(({ recordValue }) => recordValue));
    const settled = await Promise.allSettled(
      companies.map((company, index) => company.verify(added[index]?.id ?? "")),
    );
    const verified = settled.filter((each) => each.status === "fulfilled");
    expect(verified.map(({ value }) => value.outcome)).toEqual(["verified"]);
    const codes = settled.flatMap((each) =>
      each.status === "rejected" ? [domainErrorCodeOf(each.reason)] : [],
    );
    expect(codes).toEqual(Array.from({ length: 11 }, () => "Conflict"));
    expect(
      await database().db.$count(
        organisationDomain,
        and(eq(organisationDomain.domain, domain), isNotNull(organisationDomain.verifiedAt)),
      ),
    ).toBe(1);
  });

  it("can be another's once it was given up, or its organisation was archived", async () => {
    const { db } = database();
    const dns = new TestDns();
    const [first, second] = [await createCompany(dns), await createCompany(dns)];
    const domain = newDomain();
    const one = await first.add(domain);
    const two = await second.add(domain);
    dns.write(one.recordName, one.recordValue, two.recordValue);
    await first.verify(one.id);
    expect((await refusalOfCall(second.verify(two.id))).code).toBe("Conflict");
    const removal = {
      organisationId: first.organisationId,
      domainId: one.id,
      idempotencyKey: newKey(),
    };
    await first.api.organisations.removeDomain(removal);
    expect((await second.verify(two.id)).outcome).toBe("verified");

    const seller = dns.apiAs(await (await signIn(db, { role: "sales" })).actor());
    await seller.organisations.archive({
      id: second.organisationId,
      version: 1,
      idempotencyKey: newKey(),
    });
    const again = await first.add(domain);
    dns.write(again.recordName, again.recordValue);
    expect((await first.verify(again.id)).outcome).toBe("verified");
  });

  it("at which anybody can have a mailbox is nobody's", async () => {
    const company = await createCompany(new TestDns());
    for (const domain of ["gmail.com", "Outlook.com", "GMX.de"]) {
      expect(await refusalOfCall(company.add(domain))).toMatchObject({
        code: "Invalid",
        data: { issues: [{ path: "domain" }] },
      });
    }
    for (const domain of [
      "localhost",
      "192.0.2.7",
      "a..example",
      "-a.example",
      "a b.example",
      "example.com.",
    ]) {
      expect((await refusalOfCall(company.add(domain))).code).toBe("Invalid");
    }
  });

  it("is there once in an organisation, which has so many at most", async () => {
    const company = await createCompany(new TestDns());
    const domain = newDomain();
    await company.add(domain);
    expect(await refusalOfCall(company.add(domain.toUpperCase()))).toMatchObject({
      code: "Conflict",
      data: { reason: "already_exists" },
    });
    for (let count = 1; count < ORGANISATION_DOMAINS_MAX; count += 1)
      await company.add(newDomain());
    expect((await refusalOfCall(company.add(newDomain()))).code).toBe("Invalid");
  });

  it("is of the organisation that it is shown with, and is not looked up without end", async () => {
    const dns = new TestDns();
    const [own, other] = [await createCompany(dns), await createCompany(dns)];
    const { id } = await other.add(newDomain());
    expect(await refusalOfCall(own.verify(id))).toMatchObject({
      code: "NotFound",
      data: { entity: "organisation_domain" },
    });
    const codes: string[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      codes.push(
        await other.verify(id).then(
          ({ outcome }) => outcome,
          (error: unknown) => domainErrorCodeOf(error),
        ),
      );
    }
    expect(codes.filter((code) => code === "record_missing")).toHaveLength(10);
    expect(codes.slice(10)).toEqual(["RateLimited", "RateLimited"]);
  });
});

describe("joining by the domain of one's address", () => {
  it("is open to those with a verified address there, as learners", async () => {
    const { db } = database();
    const domain = newDomain();
    const organisationId = await createCompanyAt(domain);
    const who = await signInWith(`Ola.${newKey()}@${domain.toUpperCase()}`);
    const api = await apiOf(db, who);
    expect((await api.organisations.joinable()).items).toMatchObject([
      { id: organisationId, domain },
    ]);
    const join = { organisationId, idempotencyKey: newKey() };
    const joined = await api.organisations.join(join);
    expect(joined).toEqual({ organisationId, personId: who.id, role: "learner" });
    expect(await api.organisations.join(join)).toEqual(joined);
    expect((await api.organisations.joinable()).items).toEqual([]);
    expect(
      await refusalOfCall(api.organisations.join({ ...join, idempotencyKey: newKey() })),
    ).toMatchObject({ code: "Conflict", data: { reason: "already_exists" } });
    expect((await who.actor()).grants).toMatchObject([{ role: "learner" }]);
  });

  it("is closed to all others: of another domain, of a part of it, of one that is not verified", async () => {
    const { db } = database();
    const domain = newDomain();
    const organisationId = await createCompanyAt(domain);
    const dns = new TestDns();
    const unverified = await createCompany(dns);
    const claimed = await unverified.add(newDomain());
    for (const [email, id] of [
      [`ola@other-${newKey()}.example`, organisationId],
      [`ola@sub.${domain}`, organisationId],
      [`ola@x${domain}`, organisationId],
      [`ola@${claimed.domain}`, unverified.organisationId],
    ] as const) {
      const api = await apiOf(db, await signInWith(email));
      expect((await api.organisations.joinable()).items).toEqual([]);
      const join = { organisationId: id, idempotencyKey: newKey() };
      expect((await refusalOfCall(api.organisations.join(join))).code).toBe("NotFound");
    }
  });

  it("hangs on the address as it is now, and on the organisation being in use", async () => {
    const { db } = database();
    const domain = newDomain();
    const organisationId = await createCompanyAt(domain);
    const who = await signInWith(`ola@${domain}`);
    const api = await apiOf(db, who);
    const join = { organisationId, idempotencyKey: newKey() };
    // The session still says the old address; what counts is the account's.
    await db
      .update(person)
      .set({ email: `ola@${newDomain()}` })
      .where(eq(person.id, who.id));
    expect((await refusalOfCall(api.organisations.join(join))).code).toBe("NotFound");
    await giveAddress(db, who.id, `ola@${domain}`);
    await db
      .update(organisation)
      .set({ archivedAt: new Date() })
      .where(eq(organisation.id, organisationId));
    expect((await api.organisations.joinable()).items).toEqual([]);
    expect((await refusalOfCall(api.organisations.join(join))).code).toBe("NotFound");
  });
});
