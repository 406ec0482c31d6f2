"""The program pack of a bakers' guild, written to a folder: no word of any other program."""

from __future__ import annotations

from pathlib import Path

PROGRAM = """\
format: 1
id: bakers
name: Bakers' Guild Certificate
short_name: BGC
words:
  record: Baker's Log
  record_short: BL
  certificate: proof of attendance
  statement: baking diary
  letter: guild letter
sets:
  - bread-baking
  - cake-making
  - shop-keeping
electives_needed: 1
sections:
  - id: indenture
    title: Indenture
    looks_like: ["Contract between master and apprentice"]
set_sections:
  certificate: {title: Proof of attendance, looks_like: ["Has attended {set}"]}
  statement: {title: Baking diary, looks_like: ["What {set} taught me"]}
  letter: {title: Guild letter, looks_like: ["The guild approves {set}"]}
subscription_years: 2
rules:
  routes:
    course:
      title: School
      needs: [{kind: certificate, reason: "The school gives a {certificate}."}]
      cites: ["ovens#Heat of the stone"]
    portfolio:
      title: Log
      needs:
        - {kind: competency, reason: Each skill is shown.}
        - {kind: statement, reason: "Nobody bakes without a {statement}."}
      closed_on: 2031-05-01
      cites: ["ovens#Office hours"]
  ready:
    course: {cites: ["ovens#Heat of the stone"]}
    portfolio: {cites: ["ovens#Office hours", "ovens#Heat of the stone"]}
  electives: {cites: ["ovens#Wages"]}
  pace: {cites: ["ovens#Wages"]}
  statement:
    pages: 1
    words_a_page: 250
    parts: [What I baked]
    cites: ["ovens#Wages"]
  review:
    reviewers: {course: 1, portfolio: 2}
    words: {met: golden, partially: pale, not-met: burnt}
    combine:
      - {of: [met, met], gives: met}
      - {of: [partially, met], gives: partially}
      - {of: [partially, partially], gives: partially}
      - {of: [met, not-met], gives: not-met}
      - {of: [partially, not-met], gives: not-met}
      - {of: [not-met, not-met], gives: not-met}
    asks_for_more: [not-met]
    met_percent: 50
    partially_percent: 40
    chances: 2
    aim_days: 12
    waiting_from: 5
    pass_cites: ["ovens#Heat of the stone"]
    more_cites: ["ovens#Wages"]
    course_cites: ["ovens#Office hours"]
  appeal:
    against: [course-recommended]
    addressee: Guild Master
    notice: "To the {addressee}: {name} appeals."
    steps:
      - id: word
        title: Word to the guild
        party: candidate
        who: the baker
        days: 3
        after: decision
        cites: ["ovens#Office hours"]
      - id: answer
        title: Answer of the guild
        party: staff
        who: the guild
        days: 9
        after: word
        cites: ["ovens#Office hours"]
    results: [{title: agreed, reopens: true}, {title: refused, reopens: false}]
    cites: ["ovens#Office hours"]
    forfeit_cites: ["ovens#Wages"]
  letter:
    title: Guild letter
    paragraphs: ["Well baked, {name}: {set}, {date}, {number}."]
    signed: [The guild]
  completion: {next: Fetch your apron., cites: ["ovens#Office hours"]}
  kept: ["The flour bill."]
eras:
  old: {label: "about 1990", since: "1990"}
  new: {label: "since 2020", since: "2020"}
support:
  name: guild office
  contact: office@example.org
  time_zone: Europe/Paris
  hours:
    - {days: [mon], opens: "08:00", closes: "12:00"}
    - {days: [mon, tue], opens: "14:00", closes: "18:00"}
unofficial: These ideas are not the guild's.
demo: {name: Ada, email: ada@example.org, time_zone: Europe/Paris, electives: [cake-making]}
"""
SETS = {
    "bread-baking": """\
id: bread-baking
code: BREAD
title: Bread Baking
aliases: [bread, loaves]
required: true
overview: Loaves, rolls and everything that rises.
competencies:
  - id: BREAD-1
    text: Keeps a sourdough alive.
    suggestions: [A feeding log of four weeks.]
    looks_like: [Jar with bubbles]
  - id: BREAD-2
    text: Shapes and scores loaves.
    basis: partial
""",
    "cake-making": """\
id: cake-making
code: CAKE
title: Cake Making
required: false
overview: Layers, creams and patience.
note: A third one is being written.
competencies:
  - {id: CAKE-1, text: Whips egg whites.}
  - {id: CAKE-2, text: Tempers chocolate.}
""",
    "shop-keeping": """\
id: shop-keeping
code: SHOP
title: Shop Keeping
required: false
overview: Selling what was baked.
competencies:
  - {id: SHOP-1, text: Counts the till.}
""",
}
OVENS = """\
---
title: Oven rules
era: new
---

## Heat of the stone
asked: how hot must the oven be
asked: which temperature for loaves

Heat the stone to 250 degrees. Wait half an hour before the first loaf goes in.

## Fee of the guild
matter: fee
asked: what does the guild cost

The fee is 40 crowns a year.

## Wood ovens
era: old
valid_to: 2001-12-31
now: ovens#Gas ovens
asked: may I fire with wood

Wood is the only fuel that the guild accepts.

## Gas ovens
asked: is gas allowed

Gas and wood are both accepted.

## Office hours
computes: support-open
asked: is the office open now

The office is open on Mondays and Tuesdays.

## Wages
tells: no
asked: what does a baker earn

No page of the guild tells what a baker earns.
"""
HISTORY = """\
---
title: Old book
---

## What it cost
stated: 1990
matter: fee
asked: what was the fee in the old days

The fee is 5 crowns a year.
"""


def bakery(folder: Path) -> Path:
    """The pack, whole and without faults; gives the folder back."""
    files = {
        "program.yaml": PROGRAM,
        "documents/ovens.md": OVENS,
        "documents/history.md": HISTORY,
        **{f"sets/{name}.yaml": text for name, text in SETS.items()},
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
