import type { Me } from "@lectern/contract/accounts";
import { Navigate, useLocation } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { AccountPending } from "./account-pending.tsx";
import { GuardFrame } from "./guard-frame.tsx";
import { nextSearchOf } from "./next-page.ts";
import { ShowFactor } from "./show-factor.tsx";
import { useMe } from "./use-me.ts";

interface SignedInProps {
  /** Whether a second factor can be set up there: where policy asks for one, everybody else is led there. */
  readonly isForSetUp?: boolean;
  readonly children: (me: Me) => ReactNode;
}

/**
 * What is somebody's alone: shown in their browser, once it is known who they are, and never written by a
 * server. Who is not signed in is led there, and comes back.
 */
export function SignedIn({ isForSetUp = false, children }: SignedInProps) {
  const { data, error, refetch } = useMe();
  if (data === undefined) return <AccountPending failure={error} onRetry={() => void refetch()} />;
  const { me } = data;
  if (me === null) return <ToSignIn />;
  if (me.mustShowSecondFactor) return <ShowFactor onShown={() => void refetch()} />;
  if (me.mustSetUpSecondFactor && !isForSetUp) return <Navigate to="/account/security" replace />;
  return <GuardFrame key={me.id}>{children(me)}</GuardFrame>;
}

function ToSignIn() {
  const here = useLocation({ select: ({ pathname, searchStr }) => pathname + searchStr });
  // On the way there, it would be where they are going.
  const [search] = useState(() => nextSearchOf({ next: here }));
  return <Navigate to="/sign-in" search={search} replace />;
}
