import type { Database } from "@lectern/database/queryable";
import { counted } from "../output/format.ts";
import { type CheckResult, ok, someOf, trouble, warning } from "./check.ts";
import { rowsOf, textIn } from "./rows.ts";

/** Whether the audit log can only grow, and is sealed. */

/** What the role that Lectern's statements run as could do to the log. */
const RIGHTS = `
  select audited.name || ': ' || privilege as right,
    (select rolsuper from pg_roles where rolname = current_user) as is_superuser
  from unnest(array['audit_entry', 'audit_seal']) as audited(name)
  cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) as privilege
  where has_table_privilege(audited.name, privilege)
  order by 1`;

const MISSING_TRIGGERS = `
  select audited.name from unnest(array['audit_entry', 'audit_seal']) as audited(name)
  where not exists (
    select from pg_trigger
    where tgrelid = audited.name::regclass and tgname = audited.name || '_append_only' and tgenabled in ('O', 'A')
  )`;

async function checkRights(db: Database): Promise<CheckResult> {
  const name = "Audit log";
  const missing = (await rowsOf(db, MISSING_TRIGGERS)).map((row) => textIn(row, "name"));
  if (missing.length > 0) {
    return trouble(
      name,
      `the trigger that refuses changes is gone from ${someOf(missing)}`,
      `Find out who did that. ALTER TABLE … ENABLE TRIGGER …_append_only, or recreate it as the migrations define it; then lectern audit verify.`,
    );
  }
  const rights = await rowsOf(db, RIGHTS);
  if (rights[0]?.["is_superuser"] === true) {
    return warning(
      name,
      "Lectern's role is a superuser, whom nothing keeps from changing it",
      "Give Lectern a role of its own that owns its database and is no superuser.",
    );
  }
  if (rights.length > 0) {
    return trouble(
      name,
      `Lectern's role has the right to change it: ${someOf(
        rights.map((row) => textIn(row, "right")),
        6,
      )}`,
      "REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, audit_seal FROM PUBLIC and from that role, as after a restore without privileges; then lectern audit verify.",
    );
  }
  return ok(name, "Lectern's role may add to it, and change nothing");
}

/** So many links are worked out anew here; all of them by `lectern audit verify`. */
const NEWEST = 10_000;
const PATIENCE_MS = 5 * 60_000;
const CLOCK = "select clock_timestamp() as now";

async function checkChain(db: Database): Promise<CheckResult> {
  const name = "Audit chain";
  const { verifyAudit } = await import("@lectern/database/audit/verify");
  const report = await verifyAudit(db, { newest: NEWEST });
  const { entries, sealed, unsealed, unsealedSince, firstFault, checked } = report;
  const [clock] = await rowsOf(db, CLOCK);
  const patientUntil = new Date(textIn(clock, "now")).getTime() - PATIENCE_MS;
  const isOverdue = unsealedSince !== null && Date.parse(unsealedSince) < patientUntil;
  if (firstFault !== null && firstFault.kind !== "unsealed_too_old") {
    return trouble(
      name,
      firstFault.detail,
      "Keep a dump of the database, and find out who could write to it: lectern audit verify tells more.",
    );
  }
  if (entries !== sealed + unsealed) {
    return trouble(
      name,
      `${counted(entries, "entry", "entries")} and ${counted(sealed, "seal")} do not go together`,
      "lectern audit verify names the first one that was removed, or put in.",
    );
  }
  if (isOverdue) {
    return warning(
      name,
      `${counted(unsealed, "entry", "entries")} waiting for their seal since ${unsealedSince}`,
      "Does a worker run? npm start has one; lectern-worker is one by itself.",
    );
  }
  return ok(name, `${sealed} sealed, the newest ${checked} looked at; ${unsealed} on the way`);
}

/** @returns whether the log can only grow, and whether the newest part of its chain holds */
export async function checkAudit(db: Database): Promise<CheckResult[]> {
  return [await checkRights(db), await checkChain(db)];
}
