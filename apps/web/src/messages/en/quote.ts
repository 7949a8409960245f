/** The answer to an enquiry, as the customer gets it: see, accept and decline. */
export const quote = {
  opening: "Opening the quote …",
  linkTitle: "Open your quote",
  linkWords: "Paste the link from the mail with the quote.",
  heading_sent: "Quote {number}",
  heading_accepted: "You accepted this quote",
  heading_declined: "You declined this quote",
  heading_expired: "This quote is not good any more",
  heading_withdrawn: "This quote was withdrawn",
  lede_sent:
    "{count, plural, one {A place} other {# places}} for {name}, if you accept until {lastDay}.",
  lede_held:
    "The places are set aside at the agreed price until {until} time. Say who comes, and the booking is yours.",
  lede_open: "The booking waits to be finished. Open it to see what is still to be done.",
  lede_confirmed: "The places are booked, and the mail with everything is on its way.",
  lede_lapsed:
    "The time of your places was up before the booking was confirmed. As long as there are enough places left, you can still have them at the agreed price.",
  lede_cancelled: "The booking that came of it was cancelled.",
  lede_declined:
    "Thank you for telling us. If you think again, write to us: we can make a new one.",
  lede_expired: "Its last day was {lastDay}. Write to us if you are still interested.",
  lede_withdrawn: "It can’t be accepted any more. Write to us if you have questions.",
  message: "From the academy",
  facts: "What we offer",
  places: "Places",
  unitPrice: "Price of a place",
  total: "Total",
  withoutTax: "without tax",
  forWhom: "For",
  goodUntil: "Good until",
  goodUntilDay: "{lastDay}, end of the day in {place}",
  number: "Number",
  obstacle_too_few_places:
    "At the moment there are not enough places left on this date. Try again later, or write to us.",
  obstacle_cancelled:
    "This date was cancelled, so the quote can’t be accepted. Please write to us.",
  obstacle_started:
    "This date has begun, so the quote can’t be accepted any more. Please write to us.",
  obstacle_not_published: "This date can’t be booked at the moment. Please write to us.",
  accept: "Accept the quote",
  accepting: "Accepting …",
  acceptWords:
    "The places are set aside for you for {days, plural, one {a day} other {# days}}, at this price. Then you say who comes, and confirm the booking: until you do, nothing is to be paid.",
  decline: "Decline",
  declineTitle: "Decline this quote?",
  declineWords: "It can’t be accepted any more then. We get to know that you declined.",
  reason: "Why?",
  reasonHint: "It helps us to make a better one. Only the academy reads it.",
  declineYes: "Yes, decline it",
  declining: "Declining …",
  back: "Back",
  goOn: "Go on with the booking",
  openBooking: "Open the booking",
  stillConfirm: "See if there are places left",
  contact: "Write to us",
  otherDates: "Other dates of this course",
} as const;
