import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { keepLinkKey, linkKeyOf } from "../browser/link-keys.ts";
import { useIsHydrated } from "../components/use-is-hydrated.ts";
import { type LinkKind, type OpenedLink, linkIn } from "./link-key.ts";

/**
 * What the address of this page opens: the key comes with the link, and stays in this tab. What remains
 * in the address, and in the history, opens nothing.
 *
 * @returns the link, `null` when there is none, `undefined` while that is not known; and a way to give one
 */
export function useLinkKey(kind: LinkKind) {
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  const isHydrated = useIsHydrated();
  const [given, setGiven] = useState<OpenedLink>();
  const linked = isHydrated ? linkIn(kind, hash) : undefined;
  const { id, key } = linked ?? {};

  useEffect(() => {
    if (id === undefined || key === undefined) return;
    keepLinkKey({ kind, id, key, runId: null });
    void navigate({ to: ".", hash: id, replace: true, resetScroll: false });
  }, [kind, id, key, navigate]);

  function give(link: OpenedLink): void {
    keepLinkKey({ kind, ...link, runId: null });
    setGiven(link);
  }
  const known = isHydrated ? (linked ?? given ?? linkKeyOf(kind, hash)) : undefined;
  return { link: known ?? (isHydrated ? null : undefined), give };
}
