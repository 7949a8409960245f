import { isPermission } from "@lectern/auth/permissions";
import type { AnyTRPCProcedure } from "@trpc/server";
import type { Access } from "./init.ts";

interface RouterLike {
  readonly _def: { readonly procedures: object };
}

function isProcedure(value: unknown): value is AnyTRPCProcedure {
  return typeof value === "function" && "_def" in value;
}

/** Those that need no permission. */
const OPEN_KINDS: readonly Access["kind"][] = ["public", "signed_in", "proven", "token"];

function isAccess(value: unknown): value is Access {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  if (OPEN_KINDS.some((kind) => kind === value.kind)) return true;
  return value.kind === "permission" && "permission" in value && isPermission(value.permission);
}

function accessOf(procedure: AnyTRPCProcedure): Access | undefined {
  const meta: unknown = procedure._def.meta;
  if (typeof meta !== "object" || meta === null || !("access" in meta)) return undefined;
  return isAccess(meta.access) ? meta.access : undefined;
}

/** A procedure as the start-up check and the documentation see it. */
export interface DeclaredProcedure {
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
  readonly access: Access;
}

/**
 * Lists a router's procedures with the access that each declares.
 *
 * @throws Error naming every procedure that declares none, so that a server with one does not start
 */
export function declaredAccess(router: RouterLike): DeclaredProcedure[] {
  const declared: DeclaredProcedure[] = [];
  const undeclared: string[] = [];
  for (const [path, procedure] of Object.entries(router._def.procedures)) {
    if (!isProcedure(procedure)) throw new Error(`${path} is not a procedure`);
    const access = accessOf(procedure);
    if (access === undefined) undeclared.push(path);
    else declared.push({ path, type: procedure._def.type, access });
  }
  if (undeclared.length > 0) {
    throw new Error(`No access is declared for: ${undeclared.join(", ")}`);
  }
  return declared.toSorted((a, b) => a.path.localeCompare(b.path));
}
