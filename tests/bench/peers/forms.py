"""One policy in everyone's form. Each writer takes the rules as workload.py made them and nothing else."""
import json

NUMBERS = ("whole", "decimal")


def flat(name):
    return name.replace(".", "_")


def leaves(part):
    return part.get("either", [part])


def quoted(value):
    return json.dumps(value)


class Form:
    """How an expression language writes comparisons. `ref(fact)` names a fact, `value(fact, literal)` a literal."""
    both, one_of, brackets = " && ", " || ", ("(", ")")

    def __init__(self, kinds):
        self.kinds = kinds

    def ref(self, name):
        return flat(name)

    def value(self, name, value):
        return quoted(value)

    def flag(self, name, yes):
        return self.ref(name) if yes else "!" + self.ref(name)

    def equal(self, name, value):
        return f"{self.ref(name)} == {self.value(name, value)}"

    def unequal(self, name, value):
        return f"{self.ref(name)} != {self.value(name, value)}"

    def among(self, name, values):
        return f"{self.ref(name)} in [{', '.join(self.value(name, each) for each in values)}]"

    def not_among(self, name, values):
        return f"!({self.among(name, values)})"

    def compare(self, name, how, value):
        return f"{self.ref(name)} {how} {self.value(name, value)}"

    def within(self, name, low, high):
        return "(" + self.compare(name, ">=", low) + self.both + self.compare(name, "<=", high) + ")"

    def leaf(self, leaf):
        name, how, value = leaf["fact"], leaf["how"], leaf["value"]
        if self.kinds[name] == "flag":
            return self.flag(name, value)
        if how == "within":
            return self.within(name, *value)
        simple = {"is": self.equal, "is not": self.unequal, "is one of": self.among, "is none of": self.not_among}
        return simple[how](name, value) if how in simple else self.compare(name, how, value)

    def part(self, part):
        if "either" not in part:
            return self.leaf(part)
        return self.brackets[0] + self.one_of.join(self.leaf(each) for each in part["either"]) + self.brackets[1]

    def condition(self, rule):
        return self.both.join(self.part(part) for part in rule["when"])


class Heed(Form):
    both, one_of = " and ", " or "

    def ref(self, name):
        return name

    def value(self, name, value):
        return str(value)

    def flag(self, name, yes):
        return name if yes else "not " + name

    def equal(self, name, value):
        return f"{name} is {value}"

    def unequal(self, name, value):
        return f"{name} is not {value}"

    def among(self, name, values):
        return f"{name} is one of {', '.join(values)}"

    def not_among(self, name, values):
        return f"not ({self.among(name, values)})"


def heed(policy, facts):
    types = {"choice": lambda fact: "one of " + ", ".join(fact.values), "flag": lambda _: "yes or no",
             "whole": lambda _: "whole number", "decimal": lambda _: "number"}
    lines = ["policy bench \"Measured\"", "fact case.message is text"]
    lines += [f"fact {fact.name} is {types[fact.kind](fact)}" for fact in facts]
    lines += ["role agent", "role lead above agent", "role manager above lead"]
    for action in sorted({rule["then"]["action"] for rule in policy["rules"]}):
        lines += [f"action {action}", "  takes queue is one of second_line, keepers, billing, law, field, care",
                  "  takes reply_in is whole number", "  takes amount is whole number", "  takes template is text",
                  "  takes reason is one of delay, promise, again, goodwill, duty"]
    form = Heed({fact.name: fact.kind for fact in facts})
    for rule in policy["rules"]:
        then = rule["then"]
        given = " ".join(f"{name} {quoted(value) if name == 'template' else value}" for name, value in then["with"].items())
        lines += [f"rule {rule['name']}", "  when " + "\n   and ".join(form.part(part) for part in rule["when"]),
                  f"  then do {then['action']} {given}"]
        if "escalate" in then:
            lines.append(f"       escalate to {then['escalate']}")
    return "\n".join(lines) + "\n"


class Zen(Form):
    both, one_of = " and ", " or "

    def ref(self, name):
        return name

    def flag(self, name, yes):
        return f"{name} == {quoted(yes)}"

    def not_among(self, name, values):
        return f"{name} not in [{', '.join(map(quoted, values))}]"


def zen(policy, form):
    """A decision table that collects: one column holds the whole condition, the result is the rule's number. Columns
    for each fact take longer to evaluate, and so does writing the answer out in the table."""
    rows = [{"_id": rule["name"], "c": form.condition(rule), "o": str(number)} for number, rule in enumerate(policy["rules"])]
    place = {"position": {"x": 0, "y": 0}}
    table = {"hitPolicy": "collect", "inputs": [{"id": "c", "name": "condition"}],
             "outputs": [{"id": "o", "name": "rule", "field": "rule"}], "rules": rows}
    return {"contentType": "application/vnd.gorules.decision",
            "nodes": [{"id": "in", "type": "inputNode", "name": "in", **place},
                      {"id": "t", "type": "decisionTableNode", "name": "rules", "content": table, **place},
                      {"id": "out", "type": "outputNode", "name": "out", **place}],
            "edges": [{"id": "a", "type": "edge", "sourceId": "in", "targetId": "t"},
                      {"id": "b", "type": "edge", "sourceId": "t", "targetId": "out"}]}


class Cel(Form):
    """All numbers are doubles, as JSON has them."""

    def value(self, name, value):
        return repr(float(value)) if self.kinds[name] in NUMBERS else quoted(value)


class Cedar(Form):
    """It has no fractions: decimals are whole numbers of their last place."""

    def __init__(self, facts):
        super().__init__({fact.name: fact.kind for fact in facts})
        self.scale = {fact.name: 10 ** getattr(fact, "digits", 0) for fact in facts}

    def ref(self, name):
        return "context." + flat(name)

    def value(self, name, value):
        return str(round(value * self.scale[name])) if self.kinds[name] in NUMBERS else quoted(value)

    def among(self, name, values):
        return f"[{', '.join(map(quoted, values))}].contains({self.ref(name)})"


class Script(Form):
    """JavaScript."""

    def equal(self, name, value):
        return f"{self.ref(name)} === {quoted(value)}"

    def unequal(self, name, value):
        return f"{self.ref(name)} !== {quoted(value)}"

    def among(self, name, values):
        return "(" + " || ".join(self.equal(name, value) for value in values) + ")"

    def not_among(self, name, values):
        return "(" + " && ".join(self.unequal(name, value) for value in values) + ")"


class OfFact(Script):
    def __init__(self, kinds, prefix):
        super().__init__(kinds)
        self.prefix = prefix

    def ref(self, name):
        return self.prefix + flat(name)


def json_rules(policy):
    words = {"is": "equal", "is not": "notEqual", "is one of": "in", "is none of": "notIn", ">=": "greaterThanInclusive",
             ">": "greaterThan", "<=": "lessThanInclusive", "<": "lessThan"}

    def conditions(leaf):
        if leaf["how"] == "within":
            return [{"fact": flat(leaf["fact"]), "operator": "greaterThanInclusive", "value": leaf["value"][0]},
                    {"fact": flat(leaf["fact"]), "operator": "lessThanInclusive", "value": leaf["value"][1]}]
        return [{"fact": flat(leaf["fact"]), "operator": words[leaf["how"]], "value": leaf["value"]}]

    def of(part):
        if "either" not in part:
            return conditions(part)
        each = [conditions(leaf) for leaf in part["either"]]
        return [{"any": [found[0] if len(found) == 1 else {"all": found} for found in each]}]

    return [{"name": rule["name"], "conditions": {"all": [one for part in rule["when"] for one in of(part)]},
             "event": {"type": "match", "params": {"rule": number}}} for number, rule in enumerate(policy["rules"])]


class Clips(Form):
    """Tests on variables, for parts that a slot's own pattern cannot say."""

    def __init__(self, facts):
        super().__init__({fact.name: fact.kind for fact in facts})

    def ref(self, name):
        return "?" + slot(name)

    def value(self, name, value):
        return repr(float(value)) if self.kinds[name] == "decimal" else str(value)

    def flag(self, name, yes):
        return f"(eq {self.ref(name)} {'yes' if yes else 'no'})"

    def equal(self, name, value):
        return f"(eq {self.ref(name)} {value})"

    def unequal(self, name, value):
        return f"(neq {self.ref(name)} {value})"

    def among(self, name, values):
        return "(or " + " ".join(self.equal(name, value) for value in values) + ")"

    def not_among(self, name, values):
        return f"(neq {self.ref(name)} {' '.join(values)})"

    def compare(self, name, how, value):
        return f"({how} {self.ref(name)} {self.value(name, value)})"

    def within(self, name, low, high):
        return f"(<= {self.value(name, low)} {self.ref(name)} {self.value(name, high)})"

    def pattern(self, leaf):
        """What stands in the slot: a constant where one says it all, else a variable and a test."""
        name, how, value = leaf["fact"], leaf["how"], leaf["value"]
        if self.kinds[name] == "flag":
            return "yes" if value else "no"
        constant = {"is": lambda: value, "is not": lambda: "~" + value, "is one of": lambda: "|".join(value),
                    "is none of": lambda: "&".join("~" + each for each in value)}
        return constant[how]() if how in constant else f"{self.ref(name)}&:{self.leaf(leaf)}"


def slot(name):
    return name.replace(".", "-").replace("_", "-")


def clips(policy, facts):
    order = [fact.name for fact in facts]
    form = Clips(facts)
    lines = ["(deftemplate case " + " ".join(f"(slot {slot(name)})" for name in order) + ")"]
    for number, rule in enumerate(policy["rules"]):
        slots = {}
        for part in rule["when"]:
            if "either" not in part:
                slots[part["fact"]] = form.pattern(part)
                continue
            either = sorted(part["either"], key=lambda leaf: order.index(leaf["fact"]))
            slots.update({leaf["fact"]: form.ref(leaf["fact"]) for leaf in either})
            test = "(or " + " ".join(form.leaf(leaf) for leaf in either) + ")"
            slots[either[-1]["fact"]] += "&:" + test  # once all that it reads is bound
        patterns = " ".join(f"({slot(name)} {slots[name]})" for name in order if name in slots)
        lines.append(f"(defrule {rule['name']} (case {patterns}) => (matched {number}))")
    return "\n".join(lines) + "\n"


class Prolog(Form):
    both, one_of = ", ", " ; "

    def __init__(self, facts):
        super().__init__({fact.name: fact.kind for fact in facts})
        self.places = {fact.name: place for place, fact in enumerate(facts)}

    def ref(self, name):
        return f"F{self.places[name]}"

    def value(self, name, value):
        return repr(value) if self.kinds[name] in NUMBERS else f"'{value}'"

    def flag(self, name, yes):
        return f"{self.ref(name)} == {'yes' if yes else 'no'}"

    def unequal(self, name, value):
        return f"{self.ref(name)} \\== {self.value(name, value)}"

    def among(self, name, values):
        return chain(self.equal(name, value) for value in values)

    def not_among(self, name, values):
        return ", ".join(self.unequal(name, value) for value in values)

    def compare(self, name, how, value):
        return f"{self.ref(name)} {'=<' if how == '<=' else how} {self.value(name, value)}"

    def part(self, part):
        if "either" not in part:
            return self.leaf(part)
        return chain(f"({self.leaf(each)})" for each in part["either"])


def chain(goals):
    """One of them, without a choice point left behind."""
    *first, last = goals
    return "(" + "".join(f"{each} -> true ; " for each in first) + last + ")"


def prolog(policy, facts):
    """A clause a rule. What is equal to one value stands in the head, where clauses are indexed."""
    form = Prolog(facts)
    lines = [":- module(policy, []).", f":- discontiguous rule/{len(facts) + 1}."]
    for number, rule in enumerate(policy["rules"]):
        head, body = ["_"] * len(facts), []
        for part in rule["when"]:
            if part.get("how") == "is":
                value = part["value"]
                head[form.places[part["fact"]]] = f"'{value}'" if isinstance(value, str) else "yes" if value else "no"
                continue
            for leaf in leaves(part):
                head[form.places[leaf["fact"]]] = form.ref(leaf["fact"])
            body.append(form.part(part))
        lines.append(f"rule({','.join(head)},{number})" + (" :- " + ", ".join(body) if body else "") + ".")
    return "\n".join(lines) + "\n"


def prolog_cases(cases):
    import workload
    lines = []
    for number, case in enumerate(cases):
        values = []
        for fact in workload.FACTS:
            group, name = fact.name.split(".")
            value = case["facts"][group][name]
            values.append({"flag": lambda: "yes" if value else "no", "choice": lambda: f"'{value}'"}.get(
                fact.kind, lambda: repr(value))())
        lines.append(f"case({number},{','.join(values)}).")
    return "\n".join(lines) + "\n"


def all_forms(policy, facts):
    """Pairs of a file's name, {} for the size, and its text."""
    kinds = {fact.name: fact.kind for fact in facts}
    conditions = lambda form: [form.condition(rule) for rule in policy["rules"]]
    node, nools = OfFact(kinds, "f."), OfFact(kinds, "c.")
    yield "policy_{}.heed", heed(policy, facts)
    yield "zen_{}.json", json.dumps(zen(policy, Zen(kinds)))
    yield "json_rules_{}.json", json.dumps(json_rules(policy))
    yield "cel_{}.json", json.dumps(conditions(Cel(kinds)))
    cedar = Cedar(facts)
    yield "cedar_{}.json", json.dumps({rule["name"]: f"permit(principal, action, resource) when {{ {cedar.condition(rule)} }};"
                                       for rule in policy["rules"]})
    yield "node_rules_{}.cjs", "module.exports = [\n" + "".join(
        f"{{condition(R, f) {{ R.when({text}); }}, consequence(R, f) {{ f.matched.push({number}); R.next(); }}}},\n"
        for number, text in enumerate(conditions(node))) + "];\n"
    yield "nools_{}.nools", "".join(
        f"rule r{number} {{ when {{ c : Case {text}; }} then {{ matched({number}); }} }}\n"
        for number, text in enumerate(conditions(nools)))
    yield "clips_{}.clp", clips(policy, facts)
    yield "prolog_{}.pl", prolog(policy, facts)
