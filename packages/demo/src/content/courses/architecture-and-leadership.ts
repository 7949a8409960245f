import { prose } from "../prose.ts";
import type { TopicContent } from "../types.ts";

export const architectureAndLeadership: TopicContent = {
  slug: "architecture-and-leadership",
  name: "Architecture and Leadership",
  summary: "Decisions that are expensive to change, and the people who make them together.",
  courses: [
    {
      code: "ARC-120",
      slug: "writing-for-engineers",
      title: "Writing for Engineers",
      summary:
        "Design notes, incident reports, documentation and e-mail that busy people read to the end and act on.",
      body: prose`
        Engineers write all day and are taught it never. A clear page can save a month, and an unclear
        one has cost more than one company its weekend.

        Bring something you have written: a proposal, a runbook, a long message that got no answer. We
        work on your own texts from the first half-hour, in small groups, with a red pencil and good
        humour. You learn to decide what the reader should do, to put that first, to cut a third, and
        to prefer the plain word. There is a short tour of the forms (decision records, reports,
        tutorials, reference) with an example of each that works.

        The course is held in English, and roughly half of those who come have another first language.
        That is an advantage more often than you would think.
      `,
      level: "beginner",
      days: 1,
      prerequisites: ["A text of your own, one to three pages long"],
      outcomes: [
        "State the purpose of a text before writing it",
        "Structure a page so that skimming works",
        "Edit for length, precision and tone",
        "Choose the right form for a decision, a report or a guide",
      ],
      modules: [
        {
          title: "Reader and purpose",
          topics: ["Who acts on this?", "The first paragraph", "Titles that say something"],
        },
        {
          title: "The sentence",
          topics: ["Plain words", "Active verbs", "Cutting", "Numbers and evidence"],
        },
        {
          title: "The form",
          topics: ["Decision records", "Incident reports", "Tutorials and reference", "Messages"],
        },
      ],
      keywords: ["technical writing", "documentation", "communication", "plain language"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en"],
      related: ["UXD-130", "ARC-250", "ARC-210"],
      pounds: 490,
    },
    {
      code: "ARC-210",
      slug: "software-architecture-in-practice",
      title: "Software Architecture in Practice",
      summary:
        "Find the few decisions that matter, compare real options, write down why, and draw pictures that survive the meeting.",
      body: prose`
        Architecture is the set of decisions you wish you could get right early. There are fewer of
        them than the books suggest, and they can be practised.

        In three days you architect three systems in groups of five: a hospital's bed planner, a
        betting exchange and the archive of a newspaper. The briefs are vague, as briefs are. You
        interview the client, turn wishes into scenarios with numbers, sketch at least two candidates
        and defend one before a panel that includes somebody from finance. After each round we compare
        what the groups chose and why, which is where most of the learning happens.

        The course favours no style. You will hear good cases for the monolith, for services, for
        events and for doing nothing this year.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: ["Four years of software development"],
      outcomes: [
        "Elicit quality requirements and put numbers on them",
        "Compare candidate architectures by scenario",
        "Draw context, container and component views that agree",
        "Record decisions with their alternatives",
        "Set up fitness functions that keep a design honest",
      ],
      modules: [
        {
          title: "What matters here?",
          topics: ["Stakeholders", "Quality scenarios", "Constraints", "Risk"],
        },
        {
          title: "Candidates",
          topics: ["Styles", "Boundaries", "Data ownership", "Estimates on an envelope"],
        },
        {
          title: "Communicating",
          topics: ["Views", "Decision records", "Presenting", "Handling objections"],
        },
        {
          title: "Staying true",
          topics: ["Fitness functions", "Evolution", "Technical debt", "Review"],
        },
      ],
      keywords: ["software architecture", "quality attributes", "decision records", "C4"],
      deliveryModes: ["classroom", "virtual", "blended"],
      languages: ["en", "nb", "de"],
      related: ["ARC-230", "ARC-310", "SEC-230"],
      pounds: 1890,
    },
    {
      code: "ARC-230",
      slug: "domain-driven-design",
      title: "Domain-Driven Design Workshop",
      summary:
        "Learn a business from the people who run it, agree on words, draw boundaries, and write code that says what the experts say.",
      body: prose`
        The hardest part of most software is finding out what it should do. Domain-driven design is a
        body of practice for that: conversations first, words second, code third.

        Our domain is a harbour. You have the harbour master, the pilot and the customs officer for
        three days (two of them are retired from the real job) and a wall eight metres long. You map
        events, find where one word means two things, and draw boundaries there. Then you write the
        berth-planning model in code and take it back to the harbour master, who will tell you what
        you misunderstood.

        Developers, analysts and product people work in mixed groups. Those who do not program still
        have plenty to do, and their questions make the code better.
      `,
      level: "intermediate",
      days: 3,
      prerequisites: ["Two years in software, in any role"],
      outcomes: [
        "Run an event-storming workshop that reaches the hard parts",
        "Build and defend a shared language",
        "Find context boundaries and the relations across them",
        "Write aggregates that protect their rules",
        "Recognise where this is worth the effort, and where it is not",
      ],
      modules: [
        {
          title: "Listening",
          topics: ["Event storming", "Domain stories", "Language", "Hot spots"],
        },
        {
          title: "Boundaries",
          topics: ["Bounded contexts", "Context maps", "Core and supporting domains", "Teams"],
        },
        {
          title: "The model in code",
          topics: ["Values and entities", "Aggregates", "Domain events", "Repositories"],
        },
        {
          title: "Back to the harbour",
          topics: ["Testing with experts", "Refactoring towards insight", "Scope"],
        },
      ],
      keywords: ["DDD", "domain-driven design", "event storming", "bounded context"],
      deliveryModes: ["classroom"],
      languages: ["en", "nb"],
      related: ["ARC-210", "DBS-230", "ARC-340"],
      pounds: 1990,
    },
    {
      code: "ARC-250",
      slug: "from-engineer-to-team-lead",
      title: "From Engineer to Team Lead",
      summary:
        "The first year of leading a team: listening, delegating, feedback, planning, and letting go of the keyboard.",
      body: prose`
        You were good at something, so you were given a different job. Nobody mentioned that it would
        feel, for the first months, like doing nothing useful all day.

        This course is for people in that position or about to be. We practise the conversations
        that make up the work: the first one-to-one, the disagreement about a design, the colleague
        whose quality has dropped, the manager who wants a date. Actors join us on the second day, so
        that you can have the same difficult conversation three times and see what changes. Between
        the exercises there is time to compare notes with others who are just as unsure.

        Two days, no slides after the first hour, and a follow-up call in the group six weeks later.
      `,
      level: "intermediate",
      days: 2,
      prerequisites: ["You lead a team, formally or not, or will do so soon"],
      outcomes: [
        "Hold one-to-ones that people prepare for",
        "Delegate outcomes along with the freedom to reach them",
        "Give feedback that is heard",
        "Plan with uncertainty, and say so upwards",
        "Decide what to stop doing yourself",
      ],
      modules: [
        {
          title: "A different job",
          topics: ["Time and attention", "Trust", "Letting go", "Your own manager"],
        },
        {
          title: "Conversations",
          topics: ["One-to-ones", "Feedback", "Disagreement", "Bad news"],
        },
        {
          title: "The team's work",
          topics: ["Goals", "Delegation", "Estimates and promises", "Meetings"],
        },
        {
          title: "People over time",
          topics: ["Growth", "Hiring", "Conflict", "Looking after yourself"],
        },
      ],
      keywords: ["leadership", "team lead", "feedback", "management", "one-to-ones"],
      deliveryModes: ["classroom", "blended"],
      languages: ["en", "nb", "tr", "de"],
      related: ["ARC-120", "ARC-210"],
      pounds: 1390,
    },
    {
      code: "ARC-310",
      slug: "distributed-systems-for-practitioners",
      title: "Distributed Systems for Practitioners",
      summary:
        "Time, order, consensus and failure: the results that everybody cites, made concrete with code that you can crash.",
      body: prose`
        A distributed system is one in which a computer that you have never heard of can prevent you
        from working. The joke is old and the subject is younger than it looks: most of its theorems
        are about situations that you meet every week.

        We make them tangible. Each participant runs five small processes on a laptop and a harness
        that delays, drops and reorders whatever they say to each other. You break a clock-based
        lock. You implement leader election twice, wrongly and then rightly. You build a replicated
        log, crash it in the middle, and check its history for correctness with a program that does
        not believe you.

        The literature is given its due in short readings for the evenings. The emphasis stays on
        judgement: which guarantee do you need, what does it cost, and who already offers it?
      `,
      level: "advanced",
      days: 3,
      prerequisites: ["Four years of back-end development", "LNG-330 is a good preparation"],
      outcomes: [
        "Reason about failure, time-outs and partial knowledge",
        "Tell consistency models apart by the anomalies they allow",
        "Explain consensus well enough to operate it",
        "Design idempotent, retriable operations across services",
        "Test a system under injected faults and check its history",
      ],
      modules: [
        {
          title: "Failure and time",
          topics: ["Partial failure", "Clocks", "Time-outs", "Leases and fencing"],
        },
        {
          title: "Order and agreement",
          topics: ["Logical clocks", "Leader election", "Replicated logs", "Quorums"],
        },
        {
          title: "Consistency",
          topics: ["Linearisable to eventual", "Anomalies", "Conflict-free types", "Choosing"],
        },
        {
          title: "Practice",
          topics: ["Sagas and outboxes", "Idempotency", "Fault injection", "Checking histories"],
        },
      ],
      keywords: ["distributed systems", "consensus", "Raft", "consistency", "fault tolerance"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en"],
      related: ["LNG-330", "DAT-310", "CLD-260"],
      pounds: 2190,
    },
    {
      code: "ARC-340",
      slug: "legacy-modernisation",
      title: "Modernising Legacy Systems",
      summary:
        "Replace a system that the business depends on, a slice at a time, while it goes on earning money.",
      body: prose`
        Legacy is what we call software that was successful for longer than planned. It deserves some
        respect, and it does need replacing. The great rewrite usually fails; what works is slower in
        appearance and much quicker in fact.

        You are handed a warehouse system: twenty years old, two languages, one database that eleven
        other systems read directly, and no tests. In two days you plan its replacement and carry out
        the first three steps. You put tests around behaviour that nobody understands, find a seam,
        move one capability out, redirect traffic and remove the old code. The last is the step that
        everybody forgets.

        We also talk about money and patience, because those are what modernisations run out of. You
        leave with a plan on two pages for a system of your own.
      `,
      level: "advanced",
      days: 2,
      prerequisites: ["Experience with a large system that is older than you would like"],
      outcomes: [
        "Assess a legacy system by risk, value and change",
        "Put characterisation tests around unknown behaviour",
        "Find seams and strangle capabilities one at a time",
        "Free shared data from its many readers",
        "Present a plan that delivers value every quarter",
      ],
      modules: [
        {
          title: "Understanding",
          topics: ["Code archaeology", "Change hot spots", "The people who know"],
        },
        {
          title: "Holding still",
          topics: ["Characterisation tests", "Recording traffic", "Safe refactoring"],
        },
        {
          title: "Moving",
          topics: ["Seams", "Strangling", "Shared databases", "Running in parallel"],
        },
        {
          title: "Finishing",
          topics: ["Removing the old", "Business cases", "A plan on two pages"],
        },
      ],
      keywords: ["legacy code", "modernisation", "strangler fig", "refactoring"],
      deliveryModes: ["classroom", "virtual"],
      languages: ["en", "nb", "de"],
      related: ["ARC-210", "LNG-240", "ARC-230"],
      pounds: 1490,
    },
  ],
};
