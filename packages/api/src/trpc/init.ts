import type { Permission } from "@lectern/auth/permissions";
import { initTRPC } from "@trpc/server";
import type { RequestContext } from "./context.ts";
import { formatError } from "./errors.ts";

/** Who may call a procedure. Every procedure declares it; the server refuses to start otherwise. */
export type Access =
  | { readonly kind: "public" }
  | { readonly kind: "staff"; readonly permission: Permission };

export interface ProcedureMeta {
  readonly access?: Access;
}

export const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({ isDev: false, errorFormatter: formatError });

export const router = t.router;
