import type { DomainErrorCode as ContractCode } from "@lectern/contract/error-codes";
import type { DomainErrorData as ContractData } from "@lectern/contract/errors";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { expectTypeOf, test } from "vitest";
import type {
  AppRouter,
  DomainErrorCode,
  DomainErrorData,
  RouterInputs,
  RouterOutputs,
} from "../src/index.ts";

/** Compiled with everything else; `fixtures/consumer/types.ts` has what programs see. */

test("answers are plain JSON: what arrives is what was declared", () => {
  expectTypeOf<inferRouterOutputs<AppRouter>>().toExtend<RouterOutputs>();
  expectTypeOf<RouterOutputs>().toExtend<inferRouterOutputs<AppRouter>>();
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
