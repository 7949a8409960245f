import type { Access } from "@lectern/api/trpc/init";
import { z } from "zod";
import { PROCEDURES, type ShapedProcedure } from "../support/procedures.ts";
import { type Caller, makeCallers, scopesOf } from "./callers.ts";
import { BY_KEY_ALONE, QUESTIONS, type Question } from "./inputs.ts";
import type { Served } from "../support/serve.ts";
import { type Side, type Subject, World } from "./world.ts";

/**
 * Every procedure, called as everybody, for what is theirs and what is others': what happens is compared
 * with what the procedure declares, read by rules of its own.
 */

/** What became of a call, as far as access goes. */
export type Outcome =
  | "let in"
  | "not there"
  | "Unauthenticated"
  | "Forbidden"
  | "SecondFactorRequired"
  | "ConfirmationRequired";

export interface Disagreement {
  readonly procedure: string;
  readonly caller: string;
  readonly about: string;
  readonly expected: Outcome;
  readonly found: string;
}

export interface MatrixFigures {
  readonly procedures: number;
  readonly callers: number;
  readonly calls: number;
  readonly disagreements: readonly Disagreement[];
}

const Refusal = z.object({
  error: z.object({
    data: z.object({
      httpStatus: z.number(),
      domain: z
        .object({ code: z.string(), data: z.object({ entity: z.string().optional() }).loose() })
        .nullish(),
    }),
  }),
});

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function call(
  url: string,
  { path, type }: ShapedProcedure,
  caller: Caller,
  input: object,
): Promise<Answer> {
  const headers = {
    "x-lectern-client": "matrix",
    "sec-fetch-site": "same-origin",
    ...caller.headers,
  };
  const body = JSON.stringify(input);
  if (type === "mutation") {
    const response = await fetch(`${url}/trpc/${path}`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body,
    });
    return { status: response.status, text: await response.text() };
  }
  const controller = new AbortController();
  const response = await fetch(`${url}/trpc/${path}?input=${encodeURIComponent(body)}`, {
    headers,
    signal: controller.signal,
  });
  if (type === "subscription") {
    controller.abort();
    return { status: response.status, text: "" };
  }
  return { status: response.status, text: await response.text() };
}

const GATES = new Set([
  "Unauthenticated",
  "Forbidden",
  "SecondFactorRequired",
  "ConfirmationRequired",
]);

function isGate(code: string): code is Exclude<Outcome, "let in" | "not there"> {
  return GATES.has(code);
}

/** @param hidden what is said not to be there when it may not be seen */
function outcomeOf({ status, text }: Answer, hidden?: string): Outcome | `status ${number}` {
  if (status >= 500) return `status ${status}`;
  if (status < 400) return "let in";
  const refusal = Refusal.safeParse(JSON.parse(text)).data?.error.data;
  const domain = refusal?.domain;
  if (domain != null && isGate(domain.code)) return domain.code;
  if (domain?.code === "NotFound" && domain.data.entity === hidden) return "not there";
  return "let in";
}

/** @returns what a caller meets before a procedure looks at anything */
function gateOf(access: Access, caller: Caller): Outcome {
  switch (access.kind) {
    case "public":
    case "proven":
      return "let in";
    case "token":
      return caller.isSignedIn && !caller.isPerson ? "let in" : "Unauthenticated";
    case "signed_in": {
      if (!caller.isPerson) return "Unauthenticated";
      if (caller.needsSecondFactor && !access.beforeSecondFactor) return "SecondFactorRequired";
      return access.needsConfirmation && !caller.hasConfirmed ? "ConfirmationRequired" : "let in";
    }
    case "permission": {
      if (!caller.isSignedIn) return "Unauthenticated";
      if (caller.needsSecondFactor) return "SecondFactorRequired";
      const scopes = scopesOf(caller, access.permission);
      const isEverywhere = scopes.some(({ kind }) => kind === "everywhere");
      if (access.isScoped ? scopes.length === 0 : !isEverywhere) return "Forbidden";
      if (access.needsConfirmation && caller.only !== undefined) return "Forbidden";
      return access.needsConfirmation && !caller.hasConfirmed ? "ConfirmationRequired" : "let in";
    }
  }
}

/** @returns whether something is where one of the caller's grants holds */
function isWithin(
  access: Access,
  caller: Caller,
  about: Question["about"],
  side: Side,
  world: World,
): boolean {
  if (access.kind !== "permission" && access.kind !== "proven") return false;
  if (access.permission === null) return false;
  const place = world.place(side);
  return scopesOf(caller, access.permission).some((scope) => {
    switch (scope.kind) {
      case "everywhere":
        return true;
      case "organisation":
        // A public run is nobody's, whoever books it.
        return (
          about !== "run" && about !== "venue" && scope.organisationId === place.organisationId
        );
      case "country":
        return about !== "organisation" && scope.country === place.country;
      case "own_runs":
        return about !== "organisation" && about !== "venue" && side === "own";
    }
  });
}

/** Whose it is: nobody's, or the caller's own. */
type Ownership = "others" | "own";

function expectedOf(
  procedure: ShapedProcedure,
  caller: Caller,
  question: Question,
  where: { side: Side; ownership: Ownership; world: World },
): Outcome {
  const gate = gateOf(procedure.access, caller);
  if (gate !== "let in") return gate;
  const { access } = procedure;
  // What one owns, one reaches without a permission.
  if (
    access.kind === "proven" &&
    access.isOwners &&
    where.ownership === "own" &&
    caller.isPerson &&
    !caller.needsSecondFactor
  ) {
    return "let in";
  }
  return isWithin(access, caller, question.about, where.side, where.world) ? "let in" : "not there";
}

/** Calls everything as everybody. */
export async function walkMatrix(server: Served): Promise<MatrixFigures> {
  const world = new World(server);
  await world.begin();
  const callers = await makeCallers(server, world);
  const disagreements: Disagreement[] = [];
  let calls = 0;

  function note(disagreement: Disagreement): void {
    if (disagreement.expected !== disagreement.found) disagreements.push(disagreement);
  }

  for (const procedure of PROCEDURES) {
    for (const caller of callers) {
      calls += 1;
      note({
        procedure: procedure.path,
        caller: caller.name,
        about: "nothing",
        expected: gateOf(procedure.access, caller),
        // Next to nothing takes an empty object: what is let in is refused for that.
        found: outcomeOf(await call(server.url, procedure, caller, {})),
      });
    }
  }

  for (const procedure of PROCEDURES) {
    const question = QUESTIONS[procedure.path];
    if (question === undefined) continue;
    for (const caller of callers) {
      for (const where of subjectsFor(procedure, caller)) {
        const ownerId = where.ownership === "own" ? caller.personId : null;
        const subject = await world.subject(where.side, ownerId, question.parts ?? []);
        calls += 1;
        note({
          procedure: procedure.path,
          caller: caller.name,
          about: `${where.ownership} on the ${where.side} side`,
          expected: expectedOf(procedure, caller, question, { ...where, world }),
          found: await ask(procedure, caller, question, subject),
        });
      }
    }
    if (question.key !== undefined) {
      // The key opens it for anybody, and the key of another for nobody.
      const [subject, another] = [
        await world.subject("other", null, question.parts ?? []),
        await world.subject("other", null, question.parts ?? []),
      ];
      const [anybody] = callers;
      if (anybody === undefined) throw new Error("Nobody calls");
      calls += 2;
      note({
        procedure: procedure.path,
        caller: anybody.name,
        about: "with its key",
        expected: "let in",
        found: await ask(procedure, anybody, question, subject, question.key(subject)),
      });
      note({
        procedure: procedure.path,
        caller: anybody.name,
        about: "with the key of another",
        expected: "not there",
        found: await ask(procedure, anybody, question, subject, question.key(another)),
      });
    }
  }
  return { procedures: PROCEDURES.length, callers: callers.length, calls, disagreements };

  async function ask(
    procedure: ShapedProcedure,
    caller: Caller,
    question: Question,
    subject: Subject,
    key: object = {},
  ): Promise<string> {
    const answer = await call(server.url, procedure, caller, {
      ...question.input(subject),
      ...key,
    });
    const hidden = question.hidden ?? hiddenEntity(procedure.path, question.about);
    const outcome = outcomeOf(answer, hidden);
    if (outcome === question.beyond && gateOf(procedure.access, caller) === "let in") {
      return "not there";
    }
    if (question.listed === undefined || outcome !== "let in" || answer.status >= 400)
      return outcome;
    return answer.text.includes(question.listed(subject)) ? "let in" : "not there";
  }
}

function hiddenEntity(path: string, about: Question["about"]): string {
  if (path.startsWith("waitlist.") && path !== "waitlist.list") return "waitlist_entry";
  if (path === "runs.unblockPlaces") return "allocation";
  return about;
}

function subjectsFor(
  { access }: ShapedProcedure,
  caller: Caller,
): { side: Side; ownership: Ownership }[] {
  const sides: { side: Side; ownership: Ownership }[] = [
    { side: "own", ownership: "others" },
    { side: "other", ownership: "others" },
  ];
  // Somebody's own booking, where no role of theirs reaches.
  if (access.kind === "proven" && access.isOwners && caller.personId !== null) {
    sides.push({ side: "other", ownership: "own" });
  }
  return sides;
}

/** @returns procedures that keep to a scope or take a proof, and are asked nothing about data */
export function unasked(): string[] {
  return PROCEDURES.filter(
    ({ access }) => access.kind === "proven" || (access.kind === "permission" && access.isScoped),
  )
    .map(({ path }) => path)
    .filter((path) => QUESTIONS[path] === undefined && !BY_KEY_ALONE.includes(path));
}
