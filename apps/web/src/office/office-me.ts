import type { Me } from "@lectern/contract/accounts";
import { createContext, use } from "react";
import { type Permission, may } from "./may.ts";

const MeContext = createContext<Me | undefined>(undefined);

export const OfficeMeProvider = MeContext.Provider;

/** @returns who is signed in, on pages of the back office */
export function useOfficeMe(): Me {
  const me = use(MeContext);
  if (me === undefined) throw new Error("useOfficeMe is used outside of the back office");
  return me;
}

/** @returns a function that says whether who is signed in has a permission, if only for a part of the academy */
export function useMay(): (permission: Permission) => boolean {
  const me = useOfficeMe();
  return (permission) => may(me, permission);
}
