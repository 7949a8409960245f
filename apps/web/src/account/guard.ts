import { isLecternError } from "@lectern/client";
import { createContext, use } from "react";

/** Asks whoever is signed in to show that it is them. @returns whether they did */
export type AskWhoItIs = () => Promise<boolean>;

const AskContext = createContext<AskWhoItIs | undefined>(undefined);

export const AskProvider = AskContext.Provider;

/**
 * Where somebody has to show again who they are, asks them, and makes the call once more: the one place for
 * that. What asks is around all that is shown of somebody's account, see `signed-in.tsx`.
 *
 * @returns a function that makes a call, which may be made twice
 */
export function useGuard() {
  const ask = use(AskContext);
  return async function guard<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await call();
    } catch (error) {
      if (ask === undefined || !isLecternError(error, "ConfirmationRequired")) throw error;
      if (!(await ask())) throw error;
      return call();
    }
  };
}
