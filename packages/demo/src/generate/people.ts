import { companies, firstNames, lastNames } from "../content/people.ts";
import type { Random } from "../random.ts";

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface Party {
  /** `null`: a person who pays for themselves. */
  readonly company: string | null;
  readonly members: readonly [Person, ...Person[]];
}

/**
 * People who book together. Their addresses are under example.com and example.org, which belong to
 * nobody (RFC 2606).
 *
 * @param known addresses that are in use; those of the party are added
 */
export function createParty(size: number, random: Random, known: Set<string>): Party {
  const company = size > 1 || random.chance(0.55) ? random.pick(companies) : null;
  const domain = company ? `${company.label}.example.com` : "example.org";
  const first = createPerson(domain, random, known);
  const others = Array.from({ length: size - 1 }, () => createPerson(domain, random, known));
  return { company: company?.name ?? null, members: [first, ...others] };
}

function createPerson(domain: string, random: Random, known: Set<string>): Person {
  for (;;) {
    const first = random.pick(firstNames);
    const last = random.pick(lastNames);
    const email = `${addressPart(first)}.${addressPart(last)}@${domain}`;
    if (known.has(email)) continue;
    known.add(email);
    return { name: `${first} ${last}`, email };
  }
}

/** Letters that lose no mark by decomposition. */
const spelled: Readonly<Record<string, string>> = { ø: "o", ı: "i", ß: "ss", æ: "ae", " ": "-" };

function addressPart(name: string): string {
  return name
    .toLowerCase()
    .replace(/[øıßæ ]/gu, (letter) => spelled[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "");
}
