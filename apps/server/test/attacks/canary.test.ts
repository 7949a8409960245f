import { createHash } from "node:crypto";
import { waitFor } from "@lectern/database/testing/wait-for";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { dumpOf } from "../support/dump.ts";
import { startProvider } from "../support/openid-provider.ts";
import { PROCEDURES } from "../support/procedures.ts";
import { startTestJobs } from "../support/test-jobs.ts";
import { useTestServer } from "../support/test-server.ts";
import { Canaries, type CanaryKind, placesOf } from "./canaries.ts";
import {
  allTables,
  askForEverything,
  askForMail,
  sendMisfits,
  whileNothingCanBeWritten,
  whileTablesAreHeld,
  whileTablesAreMissing,
} from "./canary-faults.ts";
import { live } from "./canary-life.ts";

/** Secrets and personal data are looked for where they do not belong, after all that is done with them. */

/** Where a job says whom it is for, as the rows do not say it any more: an address that was given up, or a link. */
const JOBS_TO_SOMEBODY = [
  "pgboss.job.data.to.email",
  "pgboss.job.data.to.name",
  "pgboss.job_common.data.to.email",
  "pgboss.job_common.data.to.name",
];

/** Where names, addresses and words of people stand. */
const TABLES_OF_PEOPLE = [
  "api_token.name",
  "booking.approver_email",
  "booking.approver_name",
  "booking.booker_company",
  "booking.booker_email",
  "booking.booker_name",
  "booking.cancelled_reason",
  "booking.note",
  "booking.purchase_order",
  "enquiry.company",
  "enquiry.email",
  "enquiry.message",
  "enquiry.name",
  "enquiry.note",
  "mail_message.calendar",
  "mail_message.html",
  "mail_message.recipient_email",
  "mail_message.recipient_name",
  "mail_message.text",
  "one_time_token.data.name",
  "one_time_token.email",
  "passkey.name",
  "person.email",
  "person.name",
  ...JOBS_TO_SOMEBODY,
  "registration.learner_email",
  "registration.learner_name",
  "waitlist_entry.email",
  "waitlist_entry.name",
];

const server = useTestServer({
  trustedProxies: ["127.0.0.1"],
  mailbox: { academy: "Lectern" },
});

const found = new Canaries();
/** What the server and those who do its jobs wrote into their logs. */
let log = "";
/** What answers told of errors. */
let errors = "";
/** SHA-256 of what was asked, as it is after the shape has looked at it: to whoever tries words, as good as that. */
const hashesOfRequests = new Map<string, string>();
let dump = "";
/** How much went wrong, by what was done for it. */
const wentWrong: Record<string, { failed: number; asked: number }> = {};
let misfits = 0;

const shapes = new Map(PROCEDURES.map(({ path, input }) => [path, input]));

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const Inputs = z.record(z.string(), z.unknown());

function noteRequest(address: string, body: unknown): void {
  const paths = /\/trpc\/([^?]+)/u.exec(address)?.[1];
  const inputs = Inputs.safeParse(asJson(String(body))).data;
  if (paths === undefined || inputs === undefined) return;
  for (const [index, path] of decodeURIComponent(paths).split(",").entries()) {
    const input = address.includes("batch=1") ? inputs[index] : inputs;
    const parsed = shapes.get(path)?.safeParse(input);
    if (parsed?.success !== true) continue;
    const text = JSON.stringify(parsed.data);
    hashesOfRequests.set(createHash("sha256").update(text).digest("hex"), path);
  }
}

/** Of several answers at once, those that are errors. */
function noteErrors(status: number, text: string): void {
  const told = asJson(text);
  const parts = Array.isArray(told)
    ? told.filter((part) => "error" in Object(part))
    : [told ?? text];
  if (status >= 400 || (Array.isArray(told) && parts.length > 0))
    errors += `${JSON.stringify(parts)}\n`;
}

function recordErrors(): { stop(): void } {
  const send = globalThis.fetch;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const response = await send(input, init);
    const address = input instanceof Request ? input.url : String(input);
    const isStream = response.headers.get("content-type")?.includes("event-stream") === true;
    if (address.startsWith(server().url) && !isStream) {
      noteRequest(address, init?.body);
      noteErrors(response.status, await response.clone().text());
    }
    return response;
  });
  return { stop: () => spy.mockRestore() };
}

beforeAll(async () => {
  const { url, db, app } = server();
  // More than debug: of a request that is none, Fastify would tell all bytes.
  app.log.level = "trace";
  await using provider = await startProvider({ redirectUris: [`${url}/sign-in/openid`] });
  const recording = recordErrors();
  const jobs = await startTestJobs(server());
  try {
    const life = await live({ server: server(), found, provider, jobs });
    misfits = await sendMisfits(server(), life, found);
    await jobs.untilIdle();
    const ask = (name: string) => async () => {
      wentWrong[name] = await askForEverything(server(), life, found);
    };
    await whileTablesAreMissing(server(), ask("missing"));
    await whileTablesAreHeld(server(), ask("held"));
    await whileNothingCanBeWritten(server(), ["mail_message"], async () => {
      await askForMail(server(), life, found);
      await waitFor(() => Promise.resolve(jobs.log().includes("canary_refuses")), 20_000);
    });
    await whileNothingCanBeWritten(server(), await allTables(server()), ask("refused"));
  } finally {
    recording.stop();
    await jobs[Symbol.asyncDispose]();
  }
  log = server().log() + jobs.log();
  dump = await dumpOf(db);
}, 240_000);

afterAll(() => {
  vi.restoreAllMocks();
});

/** @returns where in the database canaries of a kind stand, each place once, with what stands there */
function places(kind: CanaryKind): Record<string, string[]> {
  const names: Record<string, Set<string>> = {};
  for (const canary of found.of(kind)) {
    for (const place of placesOf(dump, canary)) (names[place] ??= new Set()).add(canary.name);
  }
  return Object.fromEntries(
    Object.entries(names).map(([place, set]) => [place, [...set].toSorted()]),
  );
}

describe("what was done", () => {
  it("was much, and went wrong where it should", () => {
    expect(found.of("secret").length).toBeGreaterThan(80);
    expect(found.of("encrypted").length).toBeGreaterThan(15);
    expect(misfits).toBeGreaterThan(2000);
    expect(Object.keys(wentWrong)).toEqual(["missing", "held", "refused"]);
    for (const { failed, asked } of Object.values(wentWrong)) {
      expect(failed).toBeGreaterThan(asked / 2);
    }
    const wanted = [
      /"procedures":"account\.signIn"/u,
      /"name":"DeadlineExceeded"/u,
      /violates check constraint \\"canary_refuses\\"/u,
      /relation \\"\w+\\" does not exist/u,
      /job failed, and will be tried again/u,
    ];
    // Not shown in whole: it is long.
    expect(wanted.filter((words) => !words.test(log))).toEqual([]);
    expect(errors.match(/"INTERNAL_SERVER_ERROR"/gu)?.length).toBeGreaterThan(30);
    expect(errors.match(/"SERVICE_UNAVAILABLE"/gu)?.length).toBeGreaterThan(5);
  });

  it("would be found: in a text, in a hash, in base64 in the midst of something", () => {
    const [secret] = found.of("secret");
    const [phone] = found.of("encrypted");
    if (secret === undefined || phone === undefined) throw new Error("There are no canaries");
    const inBase64 = Buffer.from(`{"password":"${secret.value}"}`).toString("base64");
    const inHex = Buffer.from(`x${phone.value}`).toString("hex");
    const hash = createHash("sha256").update(phone.value).digest("hex");
    expect(found.namesIn(`a ${inBase64} b`, "secret")).toContain(secret.name);
    expect(found.namesIn(`\\x${inHex}`, "encrypted")).toContain(phone.name);
    expect(found.namesIn(`\\x${hash}`, "encrypted")).toContain(phone.name);
    const planted = `public.person ${JSON.stringify({ a: { b: [phone.value] }, c: 1 })}`;
    expect(placesOf(planted, phone)).toEqual(["person.a.b"]);
  });
});

describe("the log", () => {
  it("holds no secret, and nothing of anybody, whatever went wrong", () => {
    expect(found.namesIn(log, "secret", "encrypted", "told")).toEqual([]);
  });
});

describe("an answer that tells of an error", () => {
  it("repeats nothing of what was asked", () => {
    expect(found.namesIn(errors, "secret", "encrypted", "told")).toEqual([]);
  });

  it("tells nothing of how the academy is made", () => {
    const telling = /node_modules|canary_refuses|does not exist|\.ts:\d|insert into /giu;
    expect([...errors.matchAll(telling)].map(([words]) => words)).toEqual([]);
  });
});

describe("the database", () => {
  it("holds no secret in any form", () => {
    expect(places("secret")).toEqual({});
  });

  it("holds what is personal encrypted alone", () => {
    expect(places("encrypted")).toEqual({});
  });

  it("holds nothing by which a guess of what was asked could be checked", () => {
    const known = [...hashesOfRequests].filter(([hash]) => dump.includes(hash));
    // A hold tells of nobody but an address, which stands in the booking as well.
    const kept = known.filter(([, path]) => path !== "bookings.hold");
    expect([hashesOfRequests.size > 100, kept.map(([, path]) => path)]).toEqual([true, []]);
    // It would be found.
    expect(known.length).toBeGreaterThan(0);
  });

  it("holds who somebody is, and what they told, in the tables that are for it", () => {
    expect(Object.keys(places("told")).toSorted()).toEqual(TABLES_OF_PEOPLE);
  });

  it("holds nothing of that in the log of what was done, and in jobs whom a mail goes to", () => {
    const elsewhere = Object.keys(places("told")).filter((place) =>
      /^(?:audit_|outbox|pgboss|idempotency_key|throttle|privacy_request)/u.test(place),
    );
    expect(elsewhere.toSorted()).toEqual(JOBS_TO_SOMEBODY);
  });
});
