import type { Permission } from "@lectern/auth/permissions";
import { initTRPC } from "@trpc/server";
import type { RequestContext } from "./context.ts";
import { formatError } from "./errors.ts";

/** Who may call a procedure. Every procedure declares it; the server refuses to start otherwise. */
export type Access =
  | { readonly kind: "public" }
  /** Whoever is signed in, about what is their own. */
  | { readonly kind: "signed_in"; readonly needsConfirmation: boolean }
  /** Whoever has the permission. `isScoped`: for a part of the academy will do, and the query sees to it. */
  | {
      readonly kind: "permission";
      readonly permission: Permission;
      readonly isScoped: boolean;
      readonly needsConfirmation: boolean;
    };

export interface ProcedureMeta {
  readonly access?: Access;
}

export const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({ isDev: false, errorFormatter: formatError });

export const router = t.router;
