import { describe, expect, it } from "vitest";
import { placesNews } from "./places-news.ts";

describe("what is said of places that change", () => {
  it("is that they are gone, or there again", () => {
    expect(placesNews("open", "sold_out")).toBe("newsSoldOut");
    expect(placesNews("sold_out", "open")).toBe("newsFree");
    expect(placesNews("not_open_yet", "open")).toBe("newsFree");
  });

  it("is that the date can't be booked any more", () => {
    expect(placesNews("open", "cancelled")).toBe("newsClosed");
    expect(placesNews("sold_out", "closed")).toBe("newsClosed");
  });

  it("is nothing where nothing changes for who wants to book", () => {
    expect(placesNews("open", "open")).toBeUndefined();
    expect(placesNews("closed", "cancelled")).toBeUndefined();
    expect(placesNews("not_open_yet", "sold_out")).toBeUndefined();
  });
});
