import { PERMISSIONS, type Permission } from "./permissions.ts";

/** Who makes a request. */
export type Actor =
  | { readonly kind: "public" }
  | {
      readonly kind: "operator";
      /** Stable and not secret: names the token in the audit log. */
      readonly id: string;
      readonly permissions: ReadonlySet<Permission>;
    }
  | { readonly kind: "system"; readonly id: string };

export const PUBLIC_ACTOR: Actor = { kind: "public" };

/**
 * @param id names the token in the audit log
 * @returns the actor of somebody who holds the operator token, who may do everything
 */
export function operatorActor(id: string): Actor {
  return { kind: "operator", id, permissions: new Set(PERMISSIONS) };
}

/** Whether this actor may do what the permission names. Lectern's own jobs may do everything. */
export function isAllowed(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case "public":
      return false;
    case "operator":
      return actor.permissions.has(permission);
    case "system":
      return true;
  }
}
