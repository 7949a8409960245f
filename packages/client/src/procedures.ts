import type { AppRouter } from "@lectern/api/app-router";

/** What the types of the server's router say of its procedures. Types alone. */

/** The procedures as the server declares them, by feature and name. */
export type ProcedureTree = AppRouter["_def"]["record"];

/** A procedure as far as its types matter here. */
export interface ProcedureLike {
  readonly _def: {
    readonly procedure: true;
    readonly type: "query" | "mutation" | "subscription";
    readonly $types: {
      readonly input: unknown;
      readonly output: unknown;
      readonly errorShape: unknown;
    };
  };
}

type Flatten<Tree, Prefix extends string = ""> = {
  [Name in keyof Tree & string]: Tree[Name] extends ProcedureLike
    ? { path: `${Prefix}${Name}`; procedure: Tree[Name] }
    : Flatten<Tree[Name], `${Prefix}${Name}.`>;
}[keyof Tree & string];

type Flat = Flatten<ProcedureTree>;

/** The full name of a procedure, such as `bookings.hold`. */
export type ProcedurePath = Flat["path"];

/** The type of the procedure with that full name. */
export type ProcedureAt<Path extends ProcedurePath> = Extract<Flat, { path: Path }>["procedure"];

/** What a procedure takes; `void` may be left out. */
export type InputOf<Procedure extends ProcedureLike> =
  undefined extends Procedure["_def"]["$types"]["input"]
    ? Procedure["_def"]["$types"]["input"] | void
    : Procedure["_def"]["$types"]["input"];

/** What one event of a subscription tells. */
type Told<Stream> =
  Stream extends AsyncIterable<infer Event>
    ? Event extends { readonly id: string; readonly data: infer Data }
      ? Data
      : Event
    : never;

/** What a procedure answers with, or a subscription tells each time. The wire is plain JSON, so this is what arrives. */
export type OutputOf<Procedure extends ProcedureLike> =
  Procedure["_def"]["type"] extends "subscription"
    ? Told<Procedure["_def"]["$types"]["output"]>
    : Procedure["_def"]["$types"]["output"];

type Inputs<Tree> = {
  [Name in keyof Tree]: Tree[Name] extends ProcedureLike ? InputOf<Tree[Name]> : Inputs<Tree[Name]>;
};

type Outputs<Tree> = {
  [Name in keyof Tree]: Tree[Name] extends ProcedureLike
    ? OutputOf<Tree[Name]>
    : Outputs<Tree[Name]>;
};

/** What each procedure takes: `RouterInputs["bookings"]["hold"]`. */
export type RouterInputs = Inputs<ProcedureTree>;

/** What each procedure answers with: `RouterOutputs["courses"]["list"]`. */
export type RouterOutputs = Outputs<ProcedureTree>;

type CommonErrorShape = AppRouter["_def"]["_config"]["$types"]["errorShape"];

/** The shape of a procedure's errors: its own where it declares some, else the router's. */
type ErrorShapeOf<Procedure extends ProcedureLike> =
  unknown extends Procedure["_def"]["$types"]["errorShape"]
    ? CommonErrorShape
    : Procedure["_def"]["$types"]["errorShape"];

type DomainOf<Shape> = Shape extends { data: { domain: infer Domain } }
  ? NonNullable<Domain>
  : never;

/** Procedure by procedure: of a union of all of them, the compiler would compare every part with every other. */
type DomainOfAll<Tree> = {
  [Name in keyof Tree]: Tree[Name] extends ProcedureLike
    ? DomainOf<ErrorShapeOf<Tree[Name]>>
    : DomainOfAll<Tree[Name]>;
}[keyof Tree];

/** Every domain error that some procedure declares, as the wire carries it. */
export type DomainErrorBody = DomainOfAll<ProcedureTree>;

/** The codes of the domain errors: a closed list, for exhaustive switches. */
export type DomainErrorCode = DomainErrorBody["code"];

/** The codes of the domain errors that a procedure may answer with. */
export type CodesOf<Procedure extends ProcedureLike> =
  DomainOf<ErrorShapeOf<Procedure>> extends { code: infer Code extends string } ? Code : never;

/** What a domain error tells beside its code. */
export type DomainErrorData<Code extends DomainErrorCode> = Extract<
  DomainErrorBody,
  { code: Code }
>["data"];
