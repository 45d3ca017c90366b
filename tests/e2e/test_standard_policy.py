"""The standard policy as a whole: what it takes back once it has said it, and the table of where each row stands.

A case is given fact by fact, in random orders (the seeds are fixed). With each further fact the advice may only grow:
what was sure stays sure. Where it does not, the policy must say so on purpose: a rule that no longer fires asks what
is not known (`possibly`, `certainly`, `is unknown`), or the fact that came last is one whose default was taken at its
word, and which the documents name.
"""
import functools
import json
import random
import re
import unittest

from support import CASES, POLICY, ROOT, heed, main

PAGE = ROOT / "docs/standard-policy.md"
TEXT = "\n".join(path.read_text("utf-8") for path in sorted(POLICY.glob("*.heed")))
ON_PURPOSE = re.compile(r"\b(possibly|certainly)\b|\bis unknown\b")
READS_TARGETS = re.compile(r"\bneeds?\b|\b(violated|threatened|advised|leave_risk|resentment|agent_load)\b")
AT = "2026-11-22T10:00:00+02:00"
STATES = ("met", "threatened", "violated")
PRIORITIES = ("low", "normal", "high", "urgent")
SEEDS = range(96)
ROWS = """
S000-01 S000-03 S000-04 S000-05 S000-07 S000-08 S000-11 S000-12 S000-13 S000-14 S000-15 S000-16 S000-17 S000-18
S000-21 S000-22 S000-23 S000-25 S000-26 S000-27 S000-28 S000-29 S000-30
S001-01 S001-02 S001-04 S001-08 S001-09 S001-10 S001-13 S001-16 S001-17 S001-18 S001-19 S001-20 S001-21 S001-22
S001-23 S001-24 S001-25 S001-26 S001-27 S001-28 S001-30 S001-31 S001-32 S001-33 S001-34 S001-36 S001-37 S001-39
S001-40 S001-42 S001-43 S001-44 S001-45
S002-01 S002-02 S002-05 S002-06 S002-07 S002-08 S002-09 S002-10 S002-11 S002-14 S002-16 S002-17 S002-18 S002-19
S002-20 S002-21 S002-22 S002-23 S002-25 S002-26 S002-27 S002-28 S002-29 S002-31 S002-33 S002-34 S002-36 S002-37
S002-38 S002-42
S003-01 S003-02 S003-06 S003-07 S003-08 S003-09 S003-10 S003-11 S003-13 S003-14
S004-03 S004-04 S004-07 S004-08 S004-09 S004-14 S004-15 S004-16 S004-17 S004-18 S004-19 S004-22
""".split()


@functools.cache
def declared(keyword):
    """The declarations of this keyword, by name, with what stands below them."""
    found = re.findall(rf"^{keyword} (?:functional |psychological )?([\w.]+)(.*?)(?=^\S|\Z)", TEXT, re.M | re.S)
    return {name: body for name, body in found}


@functools.cache
def fact_types():
    """Of each fact: values to try, and whether it has a default."""
    types = {}
    for name, body in declared("fact").items():
        words = body.split("title")[0]
        types[name] = (values_of(words), "default" in words)
    return types


def values_of(words):
    choice = re.search(r"is (?:confidential |private )*(set of )?one of ([\w\s,<]+?)(?: or none)?(?:,\s*default|\s*\Z)", words)
    if choice:
        values = re.split(r"[\s,<]+", choice[2].strip())
        return [[value] for value in values] if choice[1] else values
    if "yes or no" in words:
        return [True, False]
    if "whole number" in words:
        return [1, 2, 3, 5]
    if "money" in words:
        return ["80 ILS", "420 ILS", "90 ILS"]
    if "duration" in words:
        return ["PT6H", "P1D", "P4D"]
    if "time" in words.split("default")[0]:
        return ["2026-11-10T09:00:00+02:00", "2026-11-21T20:00:00+02:00", "2026-11-24T12:00:00+02:00"]
    if "set of text" in words:
        return [["churn_risk"], ["english"]]
    return MESSAGES


MESSAGES = [
    "It's not my fault that you don't look.", "You promised a technician by Friday.", "אתם מתעלמים ממני, אני אתבע אתכם",
    "לא הוגן, כבר הסברתי את זה", "Dana went out of her way for me.", "מה הוא שוב רוצה", "אין מה לעשות, זה הנוהל",
    "I want to cancel my subscription.", "תודה, הכול בסדר",
]


def decide(cases):
    lines = "\n".join(json.dumps({"at": AT, "subject": "c-1", "facts": facts, "history": []}) for facts in cases)
    done = heed("decide", "--policy", POLICY, "--lines", stdin=lines + "\n")
    assert done.returncode == 0, done.stderr
    decisions = [json.loads(line) for line in done.stdout.splitlines()]
    assert all("needs" in decision for decision in decisions), decisions[0]
    return decisions


def surely_advised(decision):
    """What the decision says without reserve, as a set of things that a further fact must not take away."""
    sure = set()
    for item in decision["plan"]:
        if not item["unless"] and not item["requires"]:
            sure.add(("do", item["action"]))
    for need in decision["needs"]:
        sure.update(("need", need["need"], state) for state in STATES[1:STATES.index(need["state"]) + 1])
    for saying in decision["say"]:
        sure.add(("say", saying["script"]))
    for check in decision["checks"]:
        sure.add(("check", check["text"]["en"]))
    for escalation in decision["escalations"]:
        if escalation["to"]:
            sure.add(("escalate", escalation["to"]))
    for alert in decision["alerts"]:
        sure.add(("alert", alert["role"]))
    for name in ("forbidden", "record"):
        sure.update((name, entry.get("action") or entry.get("event")) for entry in decision[name])
    for name in ("ticket.tags", "advice.barriers"):
        sure.update((name, value) for value in decision["answers"].get(name, {"value": None})["value"] or ())
    priority = decision["answers"].get("ticket.priority", {"value": "normal"})["value"]
    sure.update(("priority", step) for step in PRIORITIES[2:PRIORITIES.index(priority) + 1])
    return sure


LADDER = ("team_lead", "service_manager")


def is_outdone(thing, decision):
    """An escalation to a higher role of the same line takes in that to a lower one."""
    return thing[0] == "escalate" and thing[1] in LADDER and any(
        escalation["to"] in LADDER[LADDER.index(thing[1]):] for escalation in decision["escalations"])


@functools.cache
def is_on_purpose(rule):
    """Whether the rule, or a define that it reads, asks for what is not known."""
    return bool(ON_PURPOSE.search(with_defines(condition_of(rule))))


def are_on_purpose(ended):
    """Each rule that no longer fires asks so itself, or follows from what such a rule no longer writes."""
    first = {rule for rule in ended if is_on_purpose(rule)}
    return bool(first) and all(READS_TARGETS.search(with_defines(condition_of(rule).split("\n  then")[0]))
                               for rule in ended - first)


def condition_of(rule):
    return declared("rule")[rule].split("\n  because")[0]


def with_defines(text, seen=()):
    for name, body in declared("define").items():
        if name not in seen and re.search(rf"\b{name}\b", text):
            text += with_defines(body, (*seen, name))
    return text


def documented(heading):
    """The names in the first column of the table below this heading of the page."""
    section = PAGE.read_text("utf-8").split(heading)[1].split("\n## ")[0]
    return {name for cell in re.findall(r"^\| (`[^|]*) \|", section, re.M) for name in re.findall(r"`([\w.]+)`", cell)}


class FactByFact(unittest.TestCase):
    def orders(self):
        """For each seed the cases of one order: one fact more in each."""
        whole = [case_of(path) for path in sorted(CASES.glob("*.json"))]
        for seed in SEEDS:
            generator = random.Random(seed)
            facts = dict(generator.choice(whole))
            for name in generator.sample(sorted(fact_types()), 10):
                facts.setdefault(name, generator.choice(fact_types()[name][0]))
            order = list(facts.items())
            generator.shuffle(order)
            yield seed, order

    def test_a_further_fact_takes_nothing_back_but_on_purpose(self):
        told = documented("## What a further fact can take back")
        found = set()
        for seed, order in self.orders():
            decisions = decide([dict(order[:count]) for count in range(len(order) + 1)])
            for (fact, value), before, after in zip(order, decisions, decisions[1:]):
                lost = {thing for thing in surely_advised(before) - surely_advised(after) if not is_outdone(thing, after)}
                if not lost:
                    continue
                ended = set(before["rules"]["fired"]) - set(after["rules"]["fired"])
                if fact_types()[fact][1] and any(fact in with_defines(condition_of(rule)) for rule in ended):
                    found.add(fact)
                    excused = fact in told
                else:
                    excused = are_on_purpose(ended)
                with self.subTest(seed=seed, fact=fact, value=value):
                    self.assertTrue(excused, f"{sorted(lost)} went, with {sorted(ended)}")
        self.assertTrue(found, "no order took anything back: the test tries too little")


class Table(unittest.TestCase):
    """The page's table of rows against the policy."""

    def rows(self):
        section = PAGE.read_text("utf-8").split("\n| row | ")[1].split("\n\n")[0]
        return {row[0]: row[1:] for row in (
            [cell.strip() for cell in line.strip("|").split(" | ")] for line in section.splitlines()[2:])}

    def test_every_row_that_a_policy_can_carry_stands_there(self):
        self.assertEqual(sorted(self.rows()), sorted(ROWS))

    def test_what_it_names_is_in_the_policy(self):
        names = set().union(*map(declared, KEYWORDS)) | set(re.findall(r"\w+", re.search(r"^phase (.*(?:,\n.*)*)", TEXT, re.M)[1]))
        tests = set(re.findall(r'^test "(.*)"$', TEXT, re.M))
        for row, (said, where, tried) in self.rows().items():
            with self.subTest(row=row):
                self.assertTrue(said)
                named = [name for name in re.findall(r"`([^`]+)`", where) if not name.startswith("heed ")]
                for name in named:
                    self.assertTrue(name in names or name in WORDS, f"nothing is named {name}")
                for name in re.findall(r'"([^"]+)"', tried):
                    self.assertTrue(name in tests, f"no test is called {name}")
                self.assertTrue(tried or where.startswith("not in rules: "), "neither a test nor a reason")

    def test_every_rule_stands_in_the_row_that_it_names_as_its_source(self):
        rows = self.rows()
        for rule, body in declared("rule").items():
            for source in re.findall(r"S\d{3}-\d\d", re.search(r"\n  source (.*)", body)[1]):
                if source in rows:
                    with self.subTest(rule=rule):
                        self.assertIn(f"`{rule}`", rows[source][1])


class Words(unittest.TestCase):
    def test_nothing_that_we_would_coach_an_agent_for_stands_in_a_script(self):
        texts = [re.sub(r"\{[^{}]*\}", "…", text) for body in declared("script").values()
                 for text in re.findall(r'"([^"]+)"', body)]
        self.assertGreater(len(texts), 60)
        for text, decision in zip(texts, decide([{"agent.message": text} for text in texts])):
            with self.subTest(text=text):
                self.assertEqual(decision["matches"], [])

    def test_what_was_apologised_for_is_not_apologised_for_again(self):
        hurts = [{"case.hurt": hurt, "case.recovery_failed": True, "case.problem": "late", "case.apology_sent": sent}
                 for hurt in ("blamed", "ignored", "promise_broken") for sent in (False, True)]
        for facts, decision in zip(hurts, decide(hurts)):
            said = " ".join(text for saying in decision["say"] if saying["script"] != "mend_without_another_apology"
                            for text in saying["text"].values())
            with self.subTest(facts=facts):
                self.assertEqual(bool(re.search("I apologise|I am sorry|אנו מתנצלים", said)), not facts["case.apology_sent"])

    def test_every_figure_says_where_it_comes_from(self):
        for name, body in declared("parameter").items():
            with self.subTest(parameter=name):
                self.assertRegex(body, r'\n  source "(our default|S00\d-\d\d)')

    def test_every_text_is_there_in_both_languages(self):
        for keyword in ("fact", "need", "role", "action", "script", "answer", "event", "score", "rule", "term"):
            for name, body in declared(keyword).items():
                with self.subTest(keyword=keyword, name=name):
                    self.assertEqual(len(re.findall(r'\ben\s+"', body)), len(re.findall(r'\bhe\s+"', body)))
                    self.assertRegex(body, r'\bhe\s+"[^"]*[\u05d0-\u05ea]')


class Terms(unittest.TestCase):
    def test_every_value_that_a_question_offers_has_one(self):
        terms = set(declared("term"))
        for fact, (values, _) in fact_types().items():
            for value in values if isinstance(values[0], str) else ():
                if re.fullmatch("[a-z_]+", value):
                    with self.subTest(fact=fact, value=value):
                        self.assertTrue({value, f"{fact}.{value}"} & terms)

    def test_a_reader_of_hebrew_meets_no_word_of_the_policys_own(self):
        for path in sorted(CASES.glob("*.json")):
            decided = heed("decide", "--policy", POLICY, "--text", "--lang", "he", path)
            self.assertEqual(decided.returncode, 0, decided.stderr)
            text = re.sub("[\u200f\u2066-\u2069]", "", decided.stdout)
            text = re.sub(r"\n +", " ", text).partition("\n")[2]
            text = re.sub(r'\[[^]]*\]|"[^"\n]*"', "", text)  # rules and facts, and what was or is to be said
            for word in re.findall("[A-Za-z_]{2,}", text):
                with self.subTest(case=path.name, word=word):
                    self.assertIn(word, path.read_text("utf-8"))


WORDS = ("internal to", "choices", "approval", "ask", "scale", "channel")  # of the language, of decisions, of events
KEYWORDS = ("rule", "fact", "need", "role", "action", "score", "answer", "event", "table", "define", "parameter",
            "phrases", "script", "authority")


def case_of(path):
    flat = {}
    for group, facts in json.loads(path.read_text("utf-8"))["facts"].items():
        flat.update({f"{group}.{name}": value for name, value in facts.items()} if isinstance(facts, dict) else {group: facts})
    return flat


if __name__ == "__main__":
    main()
