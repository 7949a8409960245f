import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { keepLinkKey, linkKeyOf } from "../browser/link-keys.ts";
import { useIsHydrated } from "../components/use-is-hydrated.ts";
import { type LinkKind, type OpenedLink, linkIn } from "./link-key.ts";

interface Opened {
  /** What stood after `#` then. */
  readonly hash: string;
  readonly link: OpenedLink;
}

/**
 * What the address of this page opens: the key comes with the link, and stays in this tab. What remains
 * in the address, and in the history, opens nothing.
 *
 * What is open stays so, and with it what is typed there, until another link is given: also when its key is
 * forgotten because it has done what it was for, and when the address goes on to a part of the page.
 *
 * @returns the link, `null` when there is none, `undefined` while that is not known; and a way to give one
 */
export function useLinkKey(kind: LinkKind) {
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  const isHydrated = useIsHydrated();
  const [opened, setOpened] = useState<Opened>();
  const linked = isHydrated ? linkIn(kind, hash) : undefined;
  const { id, key } = linked ?? {};

  useEffect(() => {
    if (id === undefined || key === undefined) return;
    keepLinkKey({ kind, id, key, runId: null });
    void navigate({ to: ".", hash: id, replace: true, resetScroll: false });
  }, [kind, id, key, navigate]);

  function give(link: OpenedLink): void {
    keepLinkKey({ kind, ...link, runId: null });
    setOpened({ hash, link });
  }
  if (!isHydrated) return { link: undefined, give };
  if (opened?.hash === hash && linked === undefined) return { link: opened.link, give };
  const link = linked ?? linkKeyOf(kind, hash) ?? opened?.link;
  if (link === undefined) return { link: null, give };
  if (opened?.hash !== hash) setOpened({ hash, link });
  return { link, give };
}
