"""Cases, and a policy of N rules of which about eight match each case: the same on every machine.

    python3 workload.py FOLDER [SIZE...]        sizes: 10 100 1000 10000

A policy is made once, in a form of its own (policy_N.json), and forms.py writes it in everyone's language. What must
come out (expected_N.json) is found without asking rule by rule: each comparison is a set of cases, held as the bits
of one large number, and rules are these numbers joined. So it shares no mistake with what is measured.
"""
import bisect
import itertools
import json
import math
import pathlib
import random
import sys

CASES = 1000
MATCHES = 8
SIZES = [10, 100, 1000, 10000]


class Choice:
    """A fact with one of several values, the first ones the most frequent."""
    kind = "choice"

    def __init__(self, name, values, flatness):
        self.name, self.values = name, values
        weights = [1 / (place + flatness) for place in range(len(values))]
        self.parts = [weight / sum(weights) for weight in weights]
        self.limits = list(itertools.accumulate(self.parts))

    def draw(self, chance):
        return self.values[min(bisect.bisect(self.limits, chance.random()), len(self.values) - 1)]


class Flag:
    kind = "flag"

    def __init__(self, name, part):
        self.name, self.part = name, part

    def draw(self, chance):
        return chance.random() < self.part


class Amount:
    """A number: few are large. `digits` after the point; 0: whole."""

    def __init__(self, name, mean, most, digits=0):
        self.name, self.mean, self.most, self.digits = name, mean, most, digits
        self.kind = "decimal" if digits else "whole"
        chance = random.Random(name)
        self.sample = sorted(self.draw(chance) for _ in range(4000))

    def draw(self, chance):
        value = min(self.most, -self.mean * math.log(1 - 0.9999 * chance.random()))
        return round(value, self.digits) if self.digits else int(value)

    def at(self, part):
        return self.sample[min(len(self.sample) - 1, max(0, int(part * len(self.sample))))]


def named(kind, count):
    return [f"{kind}_{number:02}" for number in range(count)]


FACTS = [
    Choice("customer.plan", ["start", "home", "plus", "premium", "founder"], 1),
    Choice("customer.kind", ["person", "family", "shop", "firm", "school", "city"], 1),
    Choice("customer.country", ["il", "de", "fr", "it", "es", "pl", "nl", "se", "pt", "gr", "cz", "dk"], 3),
    Choice("customer.language", ["he", "en", "ar", "ru", "fr", "de", "es", "am"], 2),
    Choice("case.channel", ["phone", "mail", "chat", "web", "shop", "post", "partner"], 2),
    Choice("case.topic", named("topic", 24), 4),
    Choice("case.product", named("product", 40), 6),
    Choice("case.urgency", ["low", "normal", "high", "urgent"], 1),
    Choice("case.mood", ["calm", "content", "annoyed", "angry", "furious"], 2),
    Flag("customer.locked_in", 0.2),
    Flag("customer.needs_care", 0.08),
    Flag("case.promise_missed", 0.15),
    Flag("case.lawyer_named", 0.05),
    Flag("case.came_back", 0.3),
    Flag("case.wants_money", 0.4),
    Amount("customer.months", 60, 300),
    Amount("case.contacts", 3, 40),
    Amount("case.handovers", 1.5, 15),
    Amount("case.open_for", 12, 180),
    Amount("case.waited", 20, 300),
    Amount("case.rating", 4, 10),
    Amount("customer.spent", 2000, 90000, 2),
    Amount("case.amount", 250, 20000, 2),
    Amount("case.first_reply", 20, 400, 1),
]
FACT = {fact.name: fact for fact in FACTS}

SENTENCES = ["Nobody has called me back since Monday.", "The invoice still shows the old amount.",
             "I had to tell everything again from the beginning.", "Your technician did not come.",
             "I only want to know when this will end.", "It says \"solved\", and it is not.", "This is the third time.",
             "Thank you for looking into it.", "I cannot cancel, the page is empty.", "We need the line for our work."]


def make_case(chance, number):
    facts = {"customer": {}, "case": {}}
    for fact in FACTS:
        group, name = fact.name.split(".")
        facts[group][name] = fact.draw(chance)
    facts["case"]["message"] = " ".join(SENTENCES[int(chance.random() * len(SENTENCES))] for _ in range(2 + number % 5))
    return {"at": "2026-11-%02dT10:15:00+02:00" % (1 + number % 28), "subject": f"c-{number:05}", "facts": facts}


def shuffled(chance, items):
    return sorted(items, key=lambda _: chance.random())


def comparison(chance, fact, wanted):
    """A comparison that is true for about so large a part of all cases, and for how large a part it is."""
    if fact.kind == "flag":
        yes = abs(fact.part - wanted) < abs(1 - fact.part - wanted)
        return {"fact": fact.name, "how": "is", "value": yes}, fact.part if yes else 1 - fact.part
    if fact.kind == "choice":
        negative = wanted > 0.6
        chosen, part = [], 0
        for value in shuffled(chance, fact.values):
            if len(chosen) == 5 or (chosen and part >= 0.7 * (1 - wanted if negative else wanted)):
                break
            chosen.append(value)
            part += fact.parts[fact.values.index(value)]
        how = ("is not" if negative else "is") if len(chosen) == 1 else ("is none of" if negative else "is one of")
        return {"fact": fact.name, "how": how, "value": chosen[0] if len(chosen) == 1 else chosen}, \
            1 - part if negative else part
    form = int(chance.random() * 5)
    if form == 4:
        first = chance.random() * (1 - wanted)
        leaf = {"fact": fact.name, "how": "within", "value": [fact.at(first), fact.at(first + wanted)]}
    else:
        how = [">=", ">", "<=", "<"][form]
        leaf = {"fact": fact.name, "how": how, "value": fact.at(1 - wanted if form < 2 else wanted)}
    return leaf, part_of_sample(fact, leaf)


def part_of_sample(fact, leaf):
    below = lambda value: bisect.bisect_left(fact.sample, value) / len(fact.sample)
    up_to = lambda value: bisect.bisect_right(fact.sample, value) / len(fact.sample)
    how, value = leaf["how"], leaf["value"]
    return {">=": lambda: 1 - below(value), ">": lambda: 1 - up_to(value), "<=": lambda: up_to(value),
            "<": lambda: below(value), "within": lambda: up_to(value[1]) - below(value[0])}[how]()


def condition(chance, wanted):
    """Two to four parts that must all hold, some of them one of two or three."""
    count = [2, 2, 3, 3, 3, 4, 4][int(chance.random() * 7)]
    facts, parts, whole = shuffled(chance, FACTS), [], 1
    for _ in range(count):
        part = min(0.97, wanted ** (1 / count) * math.exp((chance.random() - 0.5) * 1.5))
        if chance.random() < 0.2:
            several = 2 if chance.random() < 0.75 else 3
            each = [comparison(chance, facts.pop(), 1 - (1 - part) ** (1 / several)) for _ in range(several)]
            parts.append({"either": [leaf for leaf, _ in each]})
            whole *= 1 - math.prod(1 - found for _, found in each)
        else:
            leaf, found = comparison(chance, facts.pop(), part)
            parts.append(leaf)
            whole *= found
    return parts, whole


ACTIONS = ["call_back", "hand_over", "apologise", "credit", "name_owner", "send_technician", "tell_manager",
           "open_complaint", "keep_informed", "waive_fee", "look_again", "ask_for_papers"]
VALUES = {"queue": ["second_line", "keepers", "billing", "law", "field", "care"], "reply_in": [1, 2, 4, 8, 24, 48],
          "amount": list(range(5, 150, 5)), "template": [f"t_{number}" for number in range(60)],
          "reason": ["delay", "promise", "again", "goodwill", "duty"]}


def rule(chance, number, size):
    wanted = MATCHES / size
    while True:
        parts, found = condition(chance, wanted)
        if 0.6 * wanted <= found <= 1.5 * wanted:
            break
    given = {name: VALUES[name][int(chance.random() * len(VALUES[name]))]
             for name in sorted(shuffled(chance, VALUES)[:1 + int(chance.random() * 3)])}
    then = {"action": ACTIONS[int(chance.random() * len(ACTIONS))], "with": given}
    if chance.random() < 0.3:
        then["escalate"] = ["lead", "manager"][int(chance.random() * 2)]
    return {"name": f"r{number:05}", "when": parts, "then": then}


class Answers:
    """Which cases a comparison holds for, as the bits of a number: bit n is case n."""

    def __init__(self, cases):
        self.count = len(cases)
        self.every = (1 << self.count) - 1
        self.values = {fact.name: [case["facts"][fact.name.split(".")[0]][fact.name.split(".")[1]] for case in cases]
                       for fact in FACTS}
        self.equal = {name: {} for name in self.values}
        for name, values in self.values.items():
            for number, value in enumerate(values):
                self.equal[name][value] = self.equal[name].get(value, 0) | 1 << number
        self.known = {}

    def where(self, name, holds):
        return sum(bits for value, bits in self.equal[name].items() if holds(value))

    def of(self, leaf):
        key = json.dumps(leaf)
        if key not in self.known:
            name, value = leaf["fact"], leaf["value"]
            self.known[key] = {
                "is": lambda: self.where(name, lambda it: it == value),
                "is not": lambda: self.where(name, lambda it: it != value),
                "is one of": lambda: self.where(name, lambda it: it in value),
                "is none of": lambda: self.where(name, lambda it: it not in value),
                ">=": lambda: self.where(name, lambda it: it >= value),
                ">": lambda: self.where(name, lambda it: it > value),
                "<=": lambda: self.where(name, lambda it: it <= value),
                "<": lambda: self.where(name, lambda it: it < value),
                "within": lambda: self.where(name, lambda it: value[0] <= it <= value[1])}[leaf["how"]]()
        return self.known[key]

    def expected(self, rules):
        matched = [[] for _ in range(self.count)]
        for number, rule in enumerate(rules):
            bits = self.every
            for part in rule["when"]:
                either = 0
                for leaf in part.get("either", [part]):
                    either |= self.of(leaf)
                bits &= either
            while bits:
                lowest = bits & -bits
                matched[lowest.bit_length() - 1].append(number)
                bits ^= lowest
        return matched


def write(folder, name, text):
    (folder / name).write_text(text, "utf-8")


def main(folder, sizes):
    import forms
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random("cases")
    cases = [make_case(chance, number) for number in range(CASES)]
    write(folder, "cases.jsonl", "".join(json.dumps(case) + "\n" for case in cases))
    write(folder, "cases.pl", forms.prolog_cases(cases))
    answers = Answers(cases)
    for size in sizes:
        chance = random.Random(f"policy {size}")
        policy = {"facts": [{"name": fact.name, "kind": fact.kind, "values": getattr(fact, "values", None)} for fact in FACTS],
                  "rules": [rule(chance, number, size) for number in range(size)]}
        expected = answers.expected(policy["rules"])
        write(folder, f"policy_{size}.json", json.dumps(policy))
        write(folder, f"expected_{size}.json", json.dumps(expected))
        for name, text in forms.all_forms(policy, FACTS):
            write(folder, name.format(size), text)
        print(f"{size} rules: {sum(map(len, expected)) / len(cases):.1f} match a case")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), [int(word) for word in sys.argv[2:]] or SIZES)
