import { prose } from "../prose.ts";
import type { ArticleContent } from "./types.ts";

export const learningArticles: readonly ArticleContent[] = [
  {
    slug: "why-we-let-it-break",
    title: "Why we let it break",
    summary:
      "Half of our exercises go wrong on purpose. There is a reason, and it has to do with what people remember.",
    author: "priya-raghunathan",
    topic: "devops",
    daysAgo: 13,
    body: prose`
      On the second afternoon of the Kubernetes course, at about twenty past two, somebody's cluster
      stops answering. A few minutes later it is everybody's. There is a silence, then some typing, and
      then a voice from the back: "Is this supposed to happen?"

      It is. A certificate has expired. We set it to do so when we prepared the machines, and we chose
      the time with care: after lunch, when people are just comfortable enough to be surprised.

      I know that this annoys some participants for a moment. They came to learn how the thing works,
      and here it is, not working. But I have been teaching for fourteen years, and before that I was on
      call for nine, and I have never met anyone who learned to repair something by watching it run.

      ## The slide and the scar

      We used to have a slide about certificates. It was a good slide. It had a diagram. A month after the
      course we asked people what happens when a certificate expires, and one in five could say. Now we
      have no slide. Nearly everybody remembers, and quite a few remember the minute.

      Research on learning has a dry name for this: desirable difficulty. When you have to produce an
      answer yourself, slowly and with mistakes, it stays. When you are shown the answer, it feels as if
      it stayed. The feeling is the problem. A smooth explanation leaves you confident and empty-handed.

      ## Breaking things politely

      There are rules. The fault must be one that happens in real life. It must be possible to find it
      with what was taught that morning. Nobody may lose work that they care about. An instructor is
      near, and asks questions instead of giving answers, up to the point where frustration turns
      from useful to pointless. You can see that point in people's shoulders, if you watch for it.

      Afterwards we take as long to talk as it took to repair. What did you look at first? Why there? What
      would have told you sooner? That conversation is the actual lesson. The broken cluster merely gets
      everybody to the table with something to say.

      So yes, it is supposed to happen. And if you come to the course after reading this, don't tell the
      others. In any case we have moved the time.
    `,
  },
  {
    slug: "the-week-after",
    title: "The week after",
    summary:
      "Most of what you learn on a course is lost within seven days. Four habits that keep the rest, none of which takes more than a quarter of an hour.",
    author: "selin-karaca",
    topic: "architecture-and-leadership",
    daysAgo: 45,
    body: prose`
      You have been away for three days. Your head is full, your notes are good, and you have promised
      yourself to change a few things. Then you open your inbox.

      By the following Friday, if you are like most of us, the notes are in a drawer and the few things
      are unchanged. It is nobody's fault. A course is a different place with a different rhythm, and
      what we learn in one place does not follow us home by itself. It has to be carried.

      After every course I ask participants, six weeks later, what they still use. Those who use a lot
      have four habits in common. I mention them on the last afternoon, and I will put them here as well.

      1. **They write one page on the way home.** On the train, from memory, without the slides. What
         surprised me? What will I do differently? What did I not understand? An hour later it would
         already be a different page.
      2. **They choose one thing.** Not seven. One, small enough for Tuesday. A single test, a single
         alarm, one query that gets rewritten. The other six can wait, and will be easier once the first
         has worked.
      3. **They explain it to somebody.** Twenty minutes at a whiteboard with two colleagues. It is the
         cheapest examination in the world: you find out at once which parts you only thought you knew.
      4. **They come back to it.** After a week, a month and a quarter, for ten minutes each. They look
         at the page, try to recall before reading, and tick off what has become normal.

      You will notice that none of these involves the slides. People are always very concerned about
      getting the slides.

      ## A word to those who send them

      If you lead a team, you have more influence on this than any instructor. Before the course, ask
      what the person hopes to bring back. Afterwards, give them half a day with nothing in it. And in
      the next team meeting let them talk for ten minutes. Courses are not cheap. The half day is the
      part of the price that decides whether the rest of it was well spent.
    `,
  },
  {
    slug: "ask-the-model-something-you-know",
    title: "Ask the model something you know",
    summary:
      "The best way to find out what a language model is good for is to question it about the one subject in which you cannot be fooled.",
    author: "daniel-okonkwo",
    topic: "artificial-intelligence",
    daysAgo: 96,
    body: prose`
      At the start of every course on language models I ask people to spend ten minutes with one. They may
      ask it anything, with a single condition: it has to be about something they know better than anyone
      else in the room.

      So we get questions about the pruning of apple trees, about the tax treatment of fishing vessels, the
      1994 season of a football club in the third division, the correct way of folding a kilt. For ten
      minutes there is the sound of typing and then, one after another, people begin to laugh.

      ## What they find

      The answers are good. That is the first surprise, and it would be dishonest to leave it out. On the
      apple trees the model is as good as a decent book. It writes well, it is polite, and it sorts its
      points in a sensible order.

      Then there is a detail. The tool it recommends for the third cut is one that nobody uses. A
      goalkeeper is mentioned who had left the year before. It is said in exactly the same tone as
      everything else. There is no hesitation, no change of colour, nothing by which you could have
      told. Only you could tell, because it was your subject.

      Now comes the sentence that I have been waiting for. Somebody always says it, so I don't have to.
      "If it does that with kilts, then what did it do yesterday, when I asked about contracts?"

      ## What to make of it

      The wrong conclusion is never to use it. The other wrong conclusion is that it will be fixed next
      year. A model gives you plausible text. Very often what is plausible is also true, and the
      better the model the more often this is so. But plausibility is what it was built for, and the
      last few per cent have to come from somewhere else: from a document it was made to quote, from a
      calculation that was really carried out, from a person who knows about kilts.

      That is what the rest of the course is about. How do you give the model something to stand on? How do
      you measure how often it falls over? And for which questions may it fall, because somebody is there to
      notice?

      Try it tonight. Choose something you would be embarrassed to get wrong. And take note of the moment
      at which you, of all people, almost believed it.
    `,
  },
  {
    slug: "five-people-and-a-door",
    title: "Five people and a door",
    summary:
      "How a morning of watching visitors at the entrance of a library changed a website that had been discussed for a year.",
    author: "amelie-brandt",
    topic: "user-experience",
    daysAgo: 152,
    body: prose`
      A city library had been discussing its new website for a year. There were two camps. One wanted the
      catalogue on the front page, because a library is about books. The other wanted events, because
      people can get books anywhere. There had been workshops. There had been a consultant with coloured
      cards. I was asked to mediate.

      I am not good at mediating, so I asked whether we could stand at the door instead.

      We went on a Wednesday morning, three from each camp, with one instruction: when somebody comes in,
      ask them kindly what they came for today, and write it down in their words. Nothing else. No questions
      about the website, no opinions.

      The first was a woman with a pushchair. She wanted to know whether the lift was working again. The
      second, a student, was looking for a free socket. An elderly man had come to print his boarding pass.
      A father asked how late the children's section was open. The fifth person wanted a book. It was for
      her mother, in large print, and she did not know whether the library had such a thing.

      After the fifth, one of the librarians put her pencil down. "It's all the same question," she said.
      "They want to know what will happen if they come."

      ## What changed

      The new front page answers that. Open until eight. The lift works. Forty seats free, twelve of them with
      sockets. Printing costs two crowns a page, by card. There is a search field for books, quite large, and
      a line with today's events. Both camps were content, mostly because neither of them had been right, which
      is easier to bear than losing.

      It was no great study. Five people prove nothing, and a statistician would have sent us back to the door
      for a month. But a year of discussion had been carried on without a single visitor in it, and compared
      with none, five is a very large number.

      When I teach research methods I spend two days on doing it properly: samples, guides, consent, synthesis.
      All of that matters. But if your team has been arguing since spring, don't wait until you can do it
      properly. Find the door, and go and stand beside it.
    `,
  },
];
