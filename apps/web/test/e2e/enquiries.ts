import { type RouterInputs, type RouterOutputs, newIdempotencyKey } from "@lectern/client";
import { dayIn, newAddress, newcomer, people } from "./people.ts";

/** People who ask the academy for something, and what staff quote them. */

const key = () => ({ idempotencyKey: newIdempotencyKey() });

/** Somebody asks for a course for twelve people. @returns the id of the enquiry */
export async function askFor(
  more: Partial<RouterInputs["enquiries"]["send"]> = {},
): Promise<string> {
  const { id } = await newcomer().enquiries.send.mutate({
    kind: "private_course",
    name: "Solveig Dahl",
    email: newAddress("solveig"),
    company: "Nordlys Energi",
    phone: "+47 22 00 00 07",
    course: "secure-web-applications",
    participants: 12,
    message: "We are twelve developers in Bodø.\nCould you teach us in spring?",
    language: "en",
    consent: true,
    ...more,
    ...key(),
  });
  return id;
}

/** Staff begin a quote for an enquiry: four places of a date, at 18,000 kroner each. */
export async function draftQuote(
  enquiryId: string,
  runId: string,
  more: Partial<RouterInputs["quotes"]["create"]> = {},
): Promise<RouterOutputs["quotes"]["create"]> {
  return people().staff.quotes.create.mutate({
    enquiryId,
    runId,
    places: 4,
    unitPrice: { amount: 18_000_00, currency: "NOK" },
    message: "Dear Solveig,\n\nit is a pleasure to offer you these places.",
    lastDay: dayIn(14),
    ...more,
    ...key(),
  });
}

/** Staff send a quote that they began. */
export async function sendQuote({
  id,
  version,
}: RouterOutputs["quotes"]["create"]): Promise<RouterOutputs["quotes"]["send"]> {
  return people().staff.quotes.send.mutate({ id, version, ...key() });
}
