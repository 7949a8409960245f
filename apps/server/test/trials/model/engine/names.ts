import { NothingThere } from "../rules/academy.ts";

/** What opens a booking. */
export interface BookingProof {
  readonly reference: string;
  readonly accessKey: string;
}

/** A reference that was never given, and an id. */
const NEVER_GIVEN = { reference: "LC-0000-0000", id: "00000000-0000-4000-8000-000000000000" };

/** Which name of the rules' each row of the engine has. */
export class Names {
  readonly #ids = new Map<string, string>();
  readonly #proofs = new Map<string, BookingProof>();
  readonly #names = new Map<string, string>([
    [NEVER_GIVEN.reference, "nobody"],
    [NEVER_GIVEN.id, "nobody"],
  ]);

  add(name: string, id: string): void {
    this.#ids.set(name, id);
    this.#names.set(id, name);
  }

  addBooking(name: string, { reference, accessKey }: BookingProof): void {
    this.#proofs.set(name, { reference, accessKey });
    this.#names.set(reference, name);
  }

  /** @throws NothingThere for what the engine has not made */
  idOf(name: string): string {
    if (name === "nobody") return NEVER_GIVEN.id;
    const id = this.#ids.get(name);
    if (id === undefined) throw new NothingThere(name);
    return id;
  }

  /** @throws NothingThere for a booking that the engine has not made */
  proofOf(name: string): BookingProof {
    if (name === "nobody") return { reference: NEVER_GIVEN.reference, accessKey: "A".repeat(43) };
    const proof = this.#proofs.get(name);
    if (proof === undefined) throw new NothingThere(name);
    return proof;
  }

  /** @returns the name of an id or a reference; what has none, as it is */
  nameOf(id: string): string {
    return this.#names.get(id) ?? id;
  }
}
