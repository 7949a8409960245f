import type { Currency, Language } from "./types.ts";

export interface RoomContent {
  readonly name: string;
  readonly capacity: number;
}

export interface VenueContent {
  readonly name: string;
  readonly street: string;
  readonly city: City;
  /** ISO 3166-1 alpha-2. */
  readonly country: Country;
  readonly timeZone: string;
  readonly currency: Currency;
  /** What courses are taught in here, the usual language first. */
  readonly languages: readonly [Language, ...Language[]];
  readonly rooms: readonly RoomContent[];
}

/**
 * A virtual room keeps the hours and holidays of a city. Where its sessions meet is set by staff: such addresses are encrypted, with
 * a key that the demo has not.
 */
export interface VirtualRoomContent extends RoomContent {
  readonly city: City;
}

export type City = "London" | "Oslo" | "Istanbul" | "Berlin" | "New York" | "Singapore";
export type Country = "GB" | "NO" | "TR" | "DE" | "US" | "SG";

/** One fictitious house in each city. */
export const venues: readonly VenueContent[] = [
  {
    name: "Lanternmaker House",
    street: "27 Lanternmaker Row",
    city: "London",
    country: "GB",
    timeZone: "Europe/London",
    currency: "GBP",
    languages: ["en"],
    rooms: [
      { name: "Heron", capacity: 16 },
      { name: "Kestrel", capacity: 12 },
      { name: "Wren", capacity: 10 },
    ],
  },
  {
    name: "Seilmakergården",
    street: "Seilmakergangen 8",
    city: "Oslo",
    country: "NO",
    timeZone: "Europe/Oslo",
    currency: "NOK",
    languages: ["nb", "en"],
    rooms: [
      { name: "Lind", capacity: 16 },
      { name: "Furu", capacity: 12 },
      { name: "Bjørk", capacity: 10 },
    ],
  },
  {
    name: "Fenerci Konağı",
    street: "Fenerci Yokuşu 19",
    city: "Istanbul",
    country: "TR",
    timeZone: "Europe/Istanbul",
    currency: "TRY",
    languages: ["tr", "en"],
    rooms: [
      { name: "Erguvan", capacity: 16 },
      { name: "Mimoza", capacity: 12 },
    ],
  },
  {
    name: "Alte Setzerei",
    street: "Bleisatzstraße 41",
    city: "Berlin",
    country: "DE",
    timeZone: "Europe/Berlin",
    currency: "EUR",
    languages: ["de", "en"],
    rooms: [
      { name: "Antiqua", capacity: 14 },
      { name: "Grotesk", capacity: 12 },
    ],
  },
  {
    name: "The Chandlery",
    street: "212 Lanyard Street",
    city: "New York",
    country: "US",
    timeZone: "America/New_York",
    currency: "USD",
    languages: ["en"],
    rooms: [
      { name: "Cedar", capacity: 16 },
      { name: "Juniper", capacity: 12 },
      { name: "Rowan", capacity: 8 },
    ],
  },
  {
    name: "Nutmeg Wharf",
    street: "8 Nutmeg Wharf Road",
    city: "Singapore",
    country: "SG",
    timeZone: "Asia/Singapore",
    currency: "SGD",
    languages: ["en"],
    rooms: [
      { name: "Angsana", capacity: 14 },
      { name: "Tembusu", capacity: 10 },
    ],
  },
];

export const virtualRooms: readonly VirtualRoomContent[] = [
  {
    name: "Virtual London",
    city: "London",
    capacity: 20,
  },
  {
    name: "Virtual Oslo",
    city: "Oslo",
    capacity: 20,
  },
  {
    name: "Virtual Istanbul",
    city: "Istanbul",
    capacity: 18,
  },
  {
    name: "Virtual Berlin",
    city: "Berlin",
    capacity: 18,
  },
  {
    name: "Virtual New York",
    city: "New York",
    capacity: 20,
  },
  {
    name: "Virtual Singapore",
    city: "Singapore",
    capacity: 18,
  },
];

/** @throws Error when no venue stands in that city */
export function venueIn(city: City): VenueContent {
  const venue = venues.find((candidate) => candidate.city === city);
  if (!venue) throw new Error(`There is no venue in ${city}`);
  return venue;
}
