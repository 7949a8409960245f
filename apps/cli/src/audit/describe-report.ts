import type { AuditReport } from "@lectern/database/audit/verify";
import { counted } from "../output/format.ts";

/** What verifying the audit log found, for people and for programs. */

function hex(hash: Uint8Array): string {
  return Buffer.from(hash).toString("hex");
}

/** @returns the figures of a verification, as the last line of its output has them */
export function auditFigures(report: AuditReport, seconds: number) {
  const { entries, sealed, unsealed, unsealedSince, head, firstFault, misdated } = report;
  return {
    ok: firstFault === null,
    entries,
    sealed,
    unsealed,
    unsealedSince,
    position: head?.position ?? 0,
    head: head === null ? null : hex(head.hash),
    firstFault,
    misdated,
    seconds: Math.round(seconds * 10) / 10,
  };
}

/** @returns lines for people: what was looked at, what is wrong, and what to do about it */
export function describeReport(
  report: AuditReport,
  expected: { readonly position: number } | undefined,
  seconds: number,
): string[] {
  const { entries, sealed, unsealed, unsealedSince, head, firstFault, misdated } = report;
  const waiting =
    unsealedSince === null ? "" : `, ${unsealed} waiting for their seal since ${unsealedSince}`;
  const lines = [
    `${counted(entries, "entry", "entries")}: ${sealed} sealed${waiting}. Looked through in ${seconds.toFixed(1)} s.`,
  ];
  if (firstFault === null) {
    lines.push(
      expected === undefined
        ? "The chain holds: no sealed entry was altered, removed or reordered."
        : `The chain holds, and it is the one whose hash was noted at position ${expected.position}.`,
    );
  } else {
    lines.push(
      `The chain does not hold (${firstFault.kind}): ${firstFault.detail}.`,
      "→ Keep a dump of the database as it is, and find out who could write to it besides Lectern.",
    );
    if (firstFault.kind === "unsealed_too_old") {
      lines.push("→ Entries are sealed by the worker: see that one runs (npm start has one).");
    }
  }
  if (misdated.first !== null) {
    lines.push(
      `The time of ${counted(misdated.count, "entry", "entries")} does not go with their place, first that of entry ${misdated.first.entryId} at position ${misdated.first.position}.`,
      "→ Either the database's clock was wrong for a while, or somebody wrote them in later.",
    );
  }
  if (firstFault === null && head !== null) {
    lines.push(
      `Head: ${hex(head.hash)} at position ${head.position}`,
      "→ Keep it where nobody who can write to the database can. Later, this shows whether what was there is still there:",
      `  lectern audit verify --expect-head ${hex(head.hash)} --at ${head.position}`,
    );
  }
  return lines;
}
