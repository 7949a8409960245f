import type { KeySubject } from "@lectern/auth/access-key";
import type { Permission } from "@lectern/auth/permissions";
import { initTRPC } from "@trpc/server";
import type { RequestContext } from "./context.ts";
import { formatError } from "./errors.ts";

/** Who may call a procedure. Every procedure declares it; the server refuses to start otherwise. */
export type Access =
  | { readonly kind: "public" }
  /**
   * Whoever shows the key of what it is about; whose own it is, where `isOwners`; and whoever has the permission
   * where it belongs. The query finds nothing for anybody else.
   */
  | {
      readonly kind: "proven";
      readonly key: KeySubject;
      readonly isOwners: boolean;
      readonly permission: Permission | null;
    }
  /** Whoever shows a token, about that token. */
  | { readonly kind: "token" }
  /** Whoever is signed in, about what is their own. `beforeSecondFactor`: even if they have yet to show that. */
  | {
      readonly kind: "signed_in";
      readonly needsConfirmation: boolean;
      readonly beforeSecondFactor: boolean;
    }
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
