/** What is said when the rules of booking say no. */
export const refusals = {
  soldOut:
    "{left, plural, =0 {This date is sold out.} one {Only # place is left on this date.} other {Only # places are left on this date.}}",
  notBookable_not_published: "This date can’t be booked.",
  notBookable_cancelled: "This date was cancelled.",
  notBookable_not_open_yet: "Booking is not open yet for this date.",
  notBookable_closed: "Booking is closed for this date.",
  notBookable_started: "This date has begun.",
  notBookable_private: "This date is private.",
  tooMany:
    "One booker may have {limit, plural, one {# place} other {# places}} on this date{already, plural, =0 {} one {, and # is booked with your address already} other {, and # are booked with your address already}}.",
  discount_unknown: "We know no such code. Is it spelled rightly?",
  discount_inactive: "This code can’t be used any more.",
  discount_not_yet: "This code can’t be used yet.",
  discount_over: "The time of this code is over.",
  discount_used_up: "This code was used as often as it may be.",
  discount_other_course: "This code is for another course.",
  discount_other_currency: "This code is for prices in another currency.",
  holdExpired: "The time was up, and the places went to somebody else.",
  duplicateLearner:
    "Somebody with this e-mail address has a place on this date already. Each learner needs an address of their own.",
  alreadyWaiting:
    "This address is in the waiting list of this date already. The mail that we sent has the link to it.",
  placesFree: "There are places free now: book them instead of waiting.",
  changedMeanwhile: "Something has changed meanwhile. Please look at it once more.",
  wrongState: "This can’t be done any more. Please look at it once more.",
  obstacle_cancelled: "This place is cancelled already.",
  obstacle_transferred: "This place was moved to another date.",
  obstacle_hold_expired: "The time was up, and this place went back.",
  obstacle_not_confirmed: "This can be done once the booking is confirmed.",
  obstacle_begun: "This date has begun.",
  gone: "This is not there any more. Please load the page again.",
} as const;
