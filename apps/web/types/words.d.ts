/** Parts of the site's words, in every language: made by `vite/compile-messages.ts`. */

declare module "virtual:words/site" {
  const part: import("../src/messages/words.ts").PartOfWords<
    typeof import("../src/messages/en.ts").messages
  >;
  export default part;
}

declare module "virtual:words/account" {
  const part: import("../src/messages/words.ts").PartOfWords<
    typeof import("../src/messages/en-account.ts").messages
  >;
  export default part;
}

declare module "virtual:words/booking" {
  const part: import("../src/messages/words.ts").PartOfWords<
    typeof import("../src/messages/en-booking.ts").messages
  >;
  export default part;
}

declare module "virtual:words/offer" {
  const part: import("../src/messages/words.ts").PartOfWords<
    typeof import("../src/messages/en-offer.ts").messages
  >;
  export default part;
}

declare module "virtual:words/office" {
  const part: import("../src/messages/words.ts").PartOfWords<
    typeof import("../src/messages/en-office.ts").messages
  >;
  export default part;
}

declare module "virtual:words/pages" {
  const part: import("../src/messages/words.ts").PartOfWords<
    typeof import("../src/messages/en-pages.ts").messages
  >;
  export default part;
}

declare module "virtual:words/privacy" {
  const part: import("../src/messages/words.ts").PartOfWords<
    typeof import("../src/messages/en-privacy.ts").messages
  >;
  export default part;
}
