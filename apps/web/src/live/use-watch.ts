import type { LecternClient, Watchable } from "@lectern/client";
import { useEffect, useEffectEvent } from "react";
import { useClient } from "../data/api.ts";
import { useIsSeen } from "./use-is-seen.ts";

interface Watch<Input, Output, Code extends string> {
  /** What is watched, such as `(client) => client.runs.watch`. */
  readonly of: (client: LecternClient) => Watchable<Input, Output, Code>;
  /** `null`: nothing, for now. */
  readonly input: Input | null;
  readonly onData: (data: Output) => void;
  /** Whether it goes on while the tab is behind others. Browsers allow few connections, so most don't. */
  readonly isForBackground?: boolean;
}

function nothing(): void {}

/**
 * Watches something for as long as it stands on a page that somebody sees. It begins when the page is
 * alive: never on a server, and not for crawlers, which keep out of the API. Where no stream can be had,
 * the page stays as it was loaded.
 */
export function useWatch<Input, Output, Code extends string>(
  watch: Watch<Input, Output, Code>,
): void {
  const client = useClient();
  const isSeen = useIsSeen();
  const isOn = watch.input !== null && (isSeen || watch.isForBackground === true);
  const about = JSON.stringify(watch.input);

  const begin = useEffectEvent(async (signal: AbortSignal) => {
    const { of, input, onData } = watch;
    if (input === null) return;
    try {
      const { subscribe } = await import("./subscribe.ts");
      if (!signal.aborted) subscribe(of(client), input, { signal, onData, onError: nothing });
    } catch {
      // It could not be loaded: then nothing is watched.
    }
  });
  useEffect(() => {
    if (!isOn) return undefined;
    const leaving = new AbortController();
    void begin(leaving.signal);
    return () => leaving.abort();
  }, [isOn, about]);
}
