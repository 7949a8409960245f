import type { Access } from "@lectern/api/trpc/init";
import { PERMISSIONS_OF } from "@lectern/auth/roles";
import { scopesOf } from "@lectern/auth/permissions";
import { ROLES, type Role } from "@lectern/contract/vocabulary";
import { PROCEDURES } from "../support/procedures.ts";

const HEADS: Readonly<Record<Role, string>> = {
  learner: "Learner",
  instructor: "Instructor",
  company_booker: "Company booker",
  company_manager: "Company manager",
  course_editor: "Course editor",
  sales: "Sales",
  finance: "Finance",
  administrator: "Administrator",
};

function isOfCompany(role: Role): boolean {
  return role === "company_booker" || role === "company_manager" || role === "learner";
}

/** What a role may do with a procedure, in one sign. */
function cell(access: Access, role: Role): string {
  if (access.kind === "public") return "●";
  if (access.kind === "signed_in") return "own";
  if (access.kind === "token") return "–";
  const { permission } = access;
  const has = permission !== null && PERMISSIONS_OF[role].includes(permission);
  const reach = has ? reachOf(role) : "";
  if (access.kind === "proven") {
    const own = access.isOwners ? "own" : "key";
    return reach === "" ? own : reach;
  }
  return reach === "" || (reach !== "●" && !access.isScoped) ? "–" : reach;

  function reachOf(held: Role): string {
    if (permission === null) return "";
    const scopes: readonly string[] = scopesOf(permission);
    if (held === "instructor") return scopes.includes("own_runs") ? "runs" : "";
    if (isOfCompany(held)) return scopes.includes("organisation") ? "company" : "";
    return "●";
  }
}

function needs(access: Access): string {
  switch (access.kind) {
    case "public":
      return "";
    case "token":
      return "a token";
    case "proven":
      return `key \`${access.key}\`${access.permission === null ? "" : ` or \`${access.permission}\``}`;
    case "signed_in":
      return access.needsConfirmation ? "confirmed" : "";
    case "permission":
      return `\`${access.permission}\`${access.needsConfirmation ? ", confirmed" : ""}`;
  }
}

/** @returns who may call what, as a table of Markdown */
export function accessTable(): string {
  const head = ["Procedure", "Signed out", ...ROLES.map((role) => HEADS[role]), "Needs"];
  const rows = PROCEDURES.map(({ path, access }) => [
    `\`${path}\``,
    access.kind === "public" ? "●" : access.kind === "proven" ? "key" : "–",
    ...ROLES.map((role) => cell(access, role)),
    needs(access),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}
