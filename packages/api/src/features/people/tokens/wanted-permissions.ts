import { type Actor, reachOf } from "@lectern/auth/actor";
import { PERMISSIONS, type Permission, isPermission } from "@lectern/auth/permissions";
import { DomainError, invalid } from "../../../domain-error.ts";

/** @returns the permissions that somebody has, if only for a part of the academy */
export function heldBy(actor: Actor): readonly Permission[] {
  return PERMISSIONS.filter((permission) => reachOf(actor, permission) !== undefined);
}

/**
 * @param path of the list in the input, for the error
 * @returns the permissions of these names, each once
 * @throws Invalid for a name that this release does not know
 */
export function permissionsNamed(names: readonly string[], path = "permissions"): Permission[] {
  const wanted = new Set<Permission>();
  for (const [at, name] of names.entries()) {
    if (!isPermission(name)) throw invalid(`${path}.${at}`, `There is no permission ${name}.`);
    wanted.add(name);
  }
  return PERMISSIONS.filter((permission) => wanted.has(permission));
}

/**
 * Nobody can give a token what they do not have. What they lose later, the token loses with them.
 *
 * @throws Forbidden, naming the first permission that the actor does not have
 */
export function requireHeld(actor: Actor, permissions: readonly Permission[]): void {
  const missing = permissions.find((permission) => reachOf(actor, permission) === undefined);
  if (missing !== undefined) throw mayNot(missing, `You don't have the permission ${missing}.`);
}

export function mayNot(permission: Permission, message: string): DomainError {
  return new DomainError({ code: "Forbidden", data: { permission } }, message);
}
