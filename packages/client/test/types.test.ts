import type { DomainErrorCode as ContractCode } from "@lectern/contract/error-codes";
import type { DomainErrorData as ContractData } from "@lectern/contract/errors";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { RunState } from "@lectern/contract/live";
import { expectTypeOf, test } from "vitest";
import type {
  AppRouter,
  DomainErrorCode,
  DomainErrorData,
  RouterInputs,
  RouterOutputs,
} from "../src/index.ts";

/** Compiled with everything else; `fixtures/consumer/types.ts` has what programs see. */

/** The procedures whose answers, by the one account, are not those of the other. */
type Differing<One, Other> = {
  [Feature in keyof One & keyof Other & string]: {
    [
      Name in keyof One[Feature] & keyof Other[Feature] & string
    ]: One[Feature][Name] extends Other[Feature][Name] ? never : `${Feature}.${Name}`;
  }[keyof One[Feature] & keyof Other[Feature] & string];
}[keyof One & keyof Other & string];

test("answers are plain JSON: what arrives is what was declared", () => {
  type Declared = inferRouterOutputs<AppRouter>;
  // Of a subscription we name what an event tells, and not what tRPC wraps it in.
  expectTypeOf<Differing<Declared, RouterOutputs>>().toExtend<`${string}.watch`>();
  expectTypeOf<Differing<RouterOutputs, Declared>>().toExtend<`${string}.watch`>();
  expectTypeOf<keyof RouterOutputs>().toEqualTypeOf<keyof Declared>();
  expectTypeOf<RouterOutputs["runs"]["watch"]>().toEqualTypeOf<RunState>();
});

test("inputs are those that tRPC infers", () => {
  expectTypeOf<RouterInputs>().toExtend<inferRouterInputs<AppRouter>>();
  expectTypeOf<inferRouterInputs<AppRouter>>().toExtend<RouterInputs>();
});

test("the errors that procedures declare are those of the contract", () => {
  expectTypeOf<DomainErrorCode>().toEqualTypeOf<ContractCode>();
  expectTypeOf<DomainErrorData<"SoldOut">>().toEqualTypeOf<ContractData<"SoldOut">>();
  expectTypeOf<DomainErrorData<"Conflict">>().toEqualTypeOf<ContractData<"Conflict">>();
});
