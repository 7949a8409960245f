import type { Finding } from "../import/findings.ts";
import type { Counts, ImportSummary } from "../import/summary.ts";
import type { MergeProposal } from "../import/similar-names.ts";
import { counted } from "./format.ts";
import { printTable } from "./table.ts";
import { type Terminal, withoutControls } from "./terminal.ts";

/** So many findings of a sort are listed; `--report` and `--json` have all. */
const LISTED_MAX = 200;

function row(name: string, counts: Counts): string[] {
  const { created, updated, unchanged, refused } = counts;
  return [name, ...[created, updated, unchanged, refused].map(String)];
}

/** So many places are named for one note. */
const PLACES_MAX = 12;

function places(findings: readonly Finding[]): string {
  const shown = findings.slice(0, PLACES_MAX).map(({ place }) => place);
  const more = findings.length - shown.length;
  return `${shown.join("  ")}${more > 0 ? `  … and ${more} more` : ""}`;
}

function byMessage(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    groups.set(finding.message, [...(groups.get(finding.message) ?? []), finding]);
  }
  return [...groups.values()];
}

function printMore(terminal: Terminal, left: number): void {
  if (left > 0) terminal.print(`… and ${left} more: --report FILE writes down all`);
}

/** What records were taken with, each thing once, and where. */
function printNotes(terminal: Terminal, notes: readonly Finding[]): void {
  if (notes.length === 0) return;
  terminal.print();
  terminal.print(terminal.style("bold", `Taken, with ${counted(notes.length, "note")}`));
  const groups = byMessage(notes);
  printTable(
    terminal,
    [
      { title: "What", isFlexible: true },
      { title: "Times", align: "right" },
      { title: "Where", isFlexible: true },
    ],
    groups
      .slice(0, LISTED_MAX)
      .map((group) => [group[0]?.message ?? "", String(group.length), places(group)]),
  );
  printMore(terminal, groups.length - LISTED_MAX);
}

function printRefusals(terminal: Terminal, refusals: readonly Finding[]): void {
  if (refusals.length === 0) return;
  terminal.print();
  terminal.print(terminal.style("bold", "Refused"));
  printTable(
    terminal,
    [{ title: "Where" }, { title: "Record", isFlexible: true }, { title: "Why", isFlexible: true }],
    refusals
      .slice(0, LISTED_MAX)
      .map(({ place, record, message }) => [place, record ?? "", message]),
  );
  printMore(terminal, refusals.length - LISTED_MAX);
}

const BECAUSE: Readonly<Record<MergeProposal["because"], string>> = {
  letter_case: "the names differ in letter case alone",
  similar_name: "the names are much alike",
  same_description: "the descriptions are the same",
};

/** A name as it can be typed in a POSIX shell. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function printProposals(terminal: Terminal, proposals: readonly MergeProposal[]): void {
  if (proposals.length === 0) return;
  terminal.print();
  terminal.print(terminal.style("bold", `Perhaps one course (${proposals.length})`));
  terminal.print("Nothing was merged. To merge, import again with the options that are right:");
  for (const { keep, merge, because } of proposals) {
    terminal.print();
    terminal.print(terminal.style("dim", `  # ${BECAUSE[because]}`));
    for (const { title } of merge) {
      terminal.print(withoutControls(`  --merge ${shellQuoted(`${title}=${keep.title}`)}`));
    }
  }
}

function conclusion(summary: ImportSummary): string {
  const { courses, runs, other } = summary;
  const refused = courses.refused + runs.refused + other.refused;
  const done = summary.isDryRun ? "Nothing was changed: this was a dry run." : "";
  if (refused === 0)
    return done === "" ? "All records are in." : `All records would be taken. ${done}`;
  return `${counted(refused, "record")} refused; the others ${summary.isDryRun ? "would be taken" : "are in"}. ${done}`.trim();
}

/** Tells people what became of an import. */
export function printSummary(terminal: Terminal, summary: ImportSummary): void {
  const { source, format, records, findings, skipped, merged } = summary;
  const formats = { jsonld: "JSON-LD", ndjson: "JSON-LD, one record a line", csv: "CSV" };
  printNotes(
    terminal,
    findings.filter(({ severity }) => severity === "note"),
  );
  printRefusals(
    terminal,
    findings.filter(({ severity }) => severity === "refused"),
  );
  printProposals(terminal, summary.proposals);
  terminal.print();
  terminal.print(
    `${terminal.style("bold", withoutControls(source))}: ${counted(records, "record")} of ${formats[format]}`,
  );
  const title = summary.isDryRun ? "Would be" : "";
  printTable(
    terminal,
    [
      { title },
      { title: "Created", align: "right" },
      { title: "Updated", align: "right" },
      { title: "Unchanged", align: "right" },
      { title: "Refused", align: "right" },
    ],
    [
      row("Courses", summary.courses),
      row("Runs", summary.runs),
      ...(summary.other.refused > 0
        ? [["Neither", "", "", "", String(summary.other.refused)]]
        : []),
    ],
  );
  if (merged > 0) terminal.print(`${counted(merged, "course")} merged into another`);
  const others = Object.entries(skipped).map(([type, count]) => `${count} × ${type}`);
  if (others.length > 0) terminal.print(withoutControls(`Passed over: ${others.join(", ")}`));
  if (summary.findingsLeftOut > 0) {
    terminal.print(
      `${summary.findingsLeftOut} more findings are not listed: --report FILE writes down all`,
    );
  }
  terminal.print(conclusion(summary));
}
