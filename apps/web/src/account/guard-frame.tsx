import { isLecternError } from "@lectern/client";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useApi } from "../data/api.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { AskProvider, type AskWhoItIs } from "./guard.ts";

/** Asks who it is for all calls within, in one dialog for all that wait for it. */
export function GuardFrame({ children }: { children: ReactNode }) {
  const [isAsking, setIsAsking] = useState(false);
  const asked = useRef<PromiseWithResolvers<boolean>>(undefined);
  useStanding();
  const ask: AskWhoItIs = () => {
    asked.current ??= Promise.withResolvers<boolean>();
    setIsAsking(true);
    return asked.current.promise;
  };
  function answer(isThem: boolean): void {
    asked.current?.resolve(isThem);
    asked.current = undefined;
    setIsAsking(false);
  }
  return (
    <AskProvider value={ask}>
      {children}
      {isAsking ? <ConfirmDialog onEnd={answer} /> : null}
    </AskProvider>
  );
}

/**
 * Any answer may tell that somebody is not signed in any more, or has to show a second factor: then it is asked
 * anew who they are, and the frame shows what follows from that.
 */
function useStanding(): void {
  const api = useApi();
  const queryClient = useQueryClient();
  useEffect(() => {
    function look(error: unknown): void {
      if (
        isLecternError(error, "Unauthenticated") ||
        isLecternError(error, "SecondFactorRequired")
      ) {
        void queryClient.invalidateQueries(api.account.me.queryFilter());
      }
    }
    const ends = [
      queryClient.getQueryCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error") look(event.action.error);
      }),
      queryClient.getMutationCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error") look(event.action.error);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [api, queryClient]);
}
