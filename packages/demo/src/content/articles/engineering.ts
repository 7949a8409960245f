import { prose } from "../prose.ts";
import type { ArticleContent } from "./types.ts";

export const engineeringArticles: readonly ArticleContent[] = [
  {
    slug: "the-last-seat",
    title: "The last seat",
    summary:
      "Two people press the button at the same moment. A small story about transactions, and about why counting is harder than it looks.",
    author: "ingrid-solheim",
    topic: "databases",
    daysAgo: 6,
    body: prose`
      There is one place left on a course in Oslo. In Bergen, Kari presses *Book*. In Drammen, in
      the same tenth of a second, so does Amir. Who gets it?

      I have asked this question on the first morning of every database course for eleven years.
      The usual answer comes quickly: whoever was first. So I ask the next one. First where? Kari's
      request reached the server first. Amir's reached the database first, because his connection was
      warm. Both read the same row, both saw one place free, and both were told the truth.

      ## Checking is not taking

      The mistake is hidden in a perfectly reasonable sentence: *check whether there is a place, and
      if so, book it*. Between the check and the booking there is a gap. It is a millisecond wide on a
      quiet day, and on the day when the course is announced in a newsletter it is wide enough for
      forty people.

      You can narrow the gap with quicker code. You cannot close it that way. What closes it is to
      make the check and the booking one act, so that there is nothing in between:

      > Take a place, provided that one is left, and tell me whether you did.

      In SQL this is a single UPDATE with a condition in it. The database puts the two requests in
      some order (it doesn't matter which), lets the first one through, and shows the second one a row
      that has already changed. Amir is told that the course is full. He is disappointed, but he is
      not standing in a lobby in March with a confirmation that means nothing.

      ## Let somebody say no

      One condition in one statement is easy to get right and easy to forget. Next year somebody
      will write a second way of booking, for groups perhaps, on a Friday. So we write the rule down
      once more, where nobody can walk around it: a constraint on the table which says that places
      taken may never exceed the places that exist. It is a line of text, it costs nothing that you
      could measure, and it will refuse seat thirteen of twelve from everyone, including me.

      I like to think of it as the difference between a sign and a wall. Good code is a sign: it
      tells people where to go. A constraint is a wall, and on the day when everybody is in a hurry
      you will be glad that you built one.

      And Kari? She got the place. She also got a cold, and cancelled on the Thursday. Amir was first
      on the waiting list. Sometimes the order does matter after all.
    `,
  },
  {
    slug: "nine-in-the-morning-somewhere",
    title: "Nine in the morning, somewhere",
    summary:
      "A course begins at nine. It sounds like a fact. It is a promise, and it depends on politicians.",
    author: "marcus-adeyemi",
    topic: "architecture-and-leadership",
    daysAgo: 27,
    body: prose`
      When a course begins at nine in London, it begins at nine. Not at eight, not at "08:00 UTC", and
      certainly not at ten because somebody moved the clocks on the Sunday before. People set an alarm
      and take a train. Nine is what we promised.

      Software likes to store this promise as an instant: so many seconds since 1970. It is tidy, and
      it can be sorted. For things that have already happened it is exactly right. A log line was
      written at an instant. A payment arrived at an instant. Nobody will ever argue about it.

      The future is different. The instant at which it will be nine in London on 30 March is a
      prediction. It rests on the rules for summer time, which are made by parliaments, and parliaments
      change them, sometimes with three weeks' notice. If you stored the instant, then your course has
      quietly moved to eight or to ten, and you will hear about it from twelve people in a corridor.

      ## Keep the promise, derive the rest

      So keep what was promised: the date, the wall-clock time, and the name of the place whose wall it
      is. *30 March, 09:00, Europe/London.* From these three the instant can be calculated whenever it
      is needed, for sorting, or to find out whether a room is free. If the rules change, calculate it
      again. The promise stays.

      Mind the name of the zone. "GMT+1" is not a place, it is an offset, and it is only correct for
      half of the year. "CET" is little better. A zone such as Europe/Istanbul carries the history of
      its decisions, among them the one of 2016, when Türkiye stopped changing its clocks and gave
      programmers across the country an unforgettable autumn.

      ## Two odd hours

      Twice a year something happens that has no good answer, only agreed ones. In spring an hour is
      missing: a reminder at half past two in the morning falls into a hole. In autumn an hour comes
      twice, and "02:30" means two different moments. Decide what your program does in each case, and
      write a test. It will take you ten minutes, and it is the kind of test that nobody ever regrets.

      And whenever you show a time to people in more than one country, write the zone next to it.
      There is always somebody in Singapore who is about to get up at three in the morning for a
      webinar that starts after lunch.
    `,
  },
  {
    slug: "read-the-plan-aloud",
    title: "Read the plan aloud",
    summary:
      "Query plans look like noise until you read them as a story. Begin at the bottom, and listen for the word that does not fit.",
    author: "tomasz-lindqvist",
    topic: "databases",
    daysAgo: 74,
    body: prose`
      A query was slow. It had been quick for two years, and on a Tuesday it took nine seconds. The team
      had already added an index, restarted something, and blamed the network. I asked them to read me
      the plan.

      "It's just a lot of nested stuff," said the developer. It usually is. So we read it aloud, from
      the inside out, one sentence for each line, in plain English. I recommend this to everybody. It
      takes five minutes and it feels silly, and the second of these is part of why it works.

      *We look in the index for orders of last week. We expect to find forty. We find ninety thousand.*

      There it was. Everything above that line was reasonable for forty rows and dreadful for ninety
      thousand. For forty, you fetch each customer one by one. For ninety thousand, you would read the
      whole customer table once and be done with it. The planner had not been stupid. It had been
      misinformed.

      ## What to listen for

      A plan tells you two numbers for each step: how many rows were expected, and how many came. As
      long as the two are close, you may trust the rest. Where they drift apart by a factor of ten or
      more, stop. The step where it first happens is the one to think about, and whatever looks
      expensive further up is only a consequence.

      Then ask why the guess was wrong. It is nearly always one of these:

      - The statistics are old, because the table has grown faster than anybody analysed it.
      - Two conditions belong together (city and postcode, say) and the planner believed that they
        were independent, so it multiplied two small chances into a tiny one.
      - The value was unknown when the plan was made, and a generic plan had to suit everybody.
      - A function hides the column, and nothing is known about what it returns.

      Each has its own remedy, and none of the remedies is "add an index and see".

      ## The Tuesday

      In our case it was the first. A partner had been connected on the Monday and had delivered three
      months of orders in one night. Statistics were due on the Wednesday. We ran ANALYZE, it took two
      seconds, and the query was back at eleven milliseconds.

      The developer looked a little hurt. "So it wasn't anything I did?" It was not. But next time, I
      said, you will be able to tell within five minutes and without me. She has since done so twice,
      and she reads her plans aloud. I am told that the others have got used to it.
    `,
  },
  {
    slug: "a-small-test-of-documentation",
    title: "A small test of documentation",
    summary:
      "Give somebody your README, leave the room, and come back in twenty minutes. Everything they needed to ask is missing from it.",
    author: "eleanor-whitcombe",
    topic: "architecture-and-leadership",
    daysAgo: 118,
    body: prose`
      Here is an exercise that we do on the writing course. You bring the instructions for something you
      maintain: how to install it, how to release it, how to restore it. You hand them to a stranger
      from another table, and you leave the room. You are not allowed to explain anything first. That
      is the hard part, and most people try.

      After twenty minutes you come back and say nothing while they tell you how it went.

      The results are so consistent that I could write them down beforehand. Step one worked. Step two
      assumed a tool that was not mentioned. Step three said "configure the service as usual". At step
      four there was an error, the same error that everybody gets, which the author has been solving
      from memory for three years without noticing.

      ## Why it happens

      We write instructions for ourselves on a good day. We know where the file is, so we leave the path
      out. We know that the warning is harmless. We know that the second command takes ten minutes and
      that nothing will appear on the screen, so it does not occur to us that a reader at minute four
      will press Ctrl-C.

      None of this is carelessness. It is the ordinary effect of knowing something: you cannot remember
      what it was like to be without it. The only cure that I have found is another person.

      ## What to do on Monday

      Pick one page, the one that is needed when things are bad. Choose the newest member of the team, or
      better, of another team. Ask them to follow it exactly, and sit beside them with your hands in
      your lap. Whenever they hesitate, make a note. Whenever they ask, write the answer into the page
      and not into the air.

      It takes an hour. You will be embarrassed four or five times, in private, among friends. Compare
      that with the alternative, which is to be embarrassed at three in the morning, on the telephone, by
      somebody who followed your instructions to the letter.
    `,
  },
];
