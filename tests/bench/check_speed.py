"""How long `heed check` takes on a large policy that is made up here: parsing, checking, analysing.

    python3 tests/bench/check_speed.py build/release/heed [--rules 10000] [--keep FOLDER]

Prints the policy's size and the median of the runs; fails where it is above `--most` seconds. The
policy is the same on every machine.
"""

import argparse
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

TIERS = ["standard", "silver", "gold", "platinum"]
TOPICS = [f"topic_{n}" for n in range(40)]
STATES = ["open", "waiting", "solved", "closed"]


def vocabulary(chance, rules):
    many = max(10, rules // 50)
    lines = ['policy large "A large policy"', "  languages en, he", '  zone "Asia/Jerusalem"', ""]
    lines += [f"fact customer.tier is one of {' < '.join(TIERS)}"]
    lines += [f"fact case.topic is one of {', '.join(TOPICS)}"]
    lines += [f"fact case.state is one of {', '.join(STATES)}, default open"]
    for n in range(many):
        kind = chance.choice(["yes or no", "whole number", "money in ILS", "duration", "time", "text"])
        lines.append(f"fact part_{n % 20}.fact_{n} is {kind}")
        lines.append(f'  title en "Fact number {n}"  he "עובדה מספר {n}"')
    for n in range(max(2, rules // 400)):
        kind = "psychological" if n % 3 == 0 else "functional"
        lines.append(f'need {kind} need_{n} "Need number {n}"')
    lines += ["role agent", "role team_lead above agent", "role service_manager above team_lead"]
    lines += ["phase respond, resolve, close"]
    for n in range(max(4, rules // 100)):
        lines += [f'action action_{n} "Action number {n}"', f"  phase {chance.choice(['respond', 'resolve'])}"]
        lines += ["  takes amount is money in ILS" + (", largest" if n % 2 else "")]
    for n in range(max(2, rules // 1000)):
        lines.append(f"score score_{n} from 0 to 100")
        lines.append(f"answer ticket.answer_{n} is one of low < normal < high, largest, default normal")
    for n in range(20):
        lines.append(f'phrases words_{n} "Words number {n}"')
        lines.append("  en " + ", ".join(f'"phrase {n} and {k}"' for k in range(10)))
    lines.append("fact agent.message is text")
    return "\n".join(lines) + "\n"


def facts_of(text):
    found = []
    for line in text.splitlines():
        words = line.split(" is ")
        if line.startswith("fact part_"):
            found.append((words[0].removeprefix("fact "), words[1]))
    return found


def comparison(chance, facts):
    name, kind = chance.choice(facts)
    number = chance.randint(1, 60)
    return {
        "yes or no": f"{chance.choice(['', 'not '])}{name}",
        "whole number": f"{name} {chance.choice(['>=', '<', '>'])} {number}",
        "money in ILS": f"{name} > {number * 10} ILS",
        "duration": f"{name} >= {number} hours",
        "time": f"now - {name} > {number} days",
        "text": f"{name} mentions words_{number % 20}",
    }[kind]


def condition(chance, facts):
    parts = [f"case.topic is {chance.choice(TOPICS)}", f"customer.tier is {chance.choice(TIERS)}"]
    parts += [comparison(chance, facts) for _ in range(chance.randint(1, 3))]
    if chance.random() < 0.3:
        parts.append(f"({comparison(chance, facts)} or {comparison(chance, facts)})")
    return "\n    and ".join(parts)


def rule(chance, facts, number, rules):
    needs, actions, scores = max(2, rules // 400), max(4, rules // 100), max(2, rules // 1000)
    consequences = [
        f"need_{chance.randrange(needs)} is violated, severity {chance.randint(1, 5)}",
        f"do action_{chance.randrange(actions)} amount {chance.randint(1, 50) * 10} ILS by team_lead within 4 hours",
        f"add {chance.randint(1, 20)} to score_{chance.randrange(scores)}",
        f"set ticket.answer_{chance.randrange(scores)} to high",
        f"forbid action_{chance.randrange(actions)}",
        "escalate to team_lead within 4 hours, then to service_manager after 1 day",
    ]
    chosen = chance.sample(consequences, chance.randint(1, 4))
    then = "\n       ".join(chosen)
    return (
        f'rule rule_{number} "Rule number {number}"  # the {number}th\n  source S{number:06}\n'
        f"  when {condition(chance, facts)}\n  then {then}\n"
        f'  because en "Because of number {number}."\n          he "בגלל מספר {number}."\n'
    )


def table(chance, number, rows):
    seen = sorted(chance.sample(range(rows * 4), rows))
    lines = [f"table table_{number} gives money", "  hit " + ("first" if number % 2 else "unique")]
    lines.append(f"  part_0.count_{number} | customer.tier | table_{number}")
    lines += [f"  {at} | {chance.choice(TIERS)} | {at} ILS" for at in seen]
    return f"fact part_0.count_{number} is whole number\n" + "\n".join(lines) + "\n"


def write_policy(folder, rules):
    chance = random.Random(7)
    words = vocabulary(chance, rules)
    (folder / "vocabulary.heed").write_text(words, "utf-8")
    facts = facts_of(words)
    for file in range(0, rules, 500):
        texts = [rule(chance, facts, n, rules) for n in range(file, min(file + 500, rules))]
        (folder / f"rules_{file:06}.heed").write_text("\n".join(texts), "utf-8")
    tables = "\n".join(table(chance, n, rules // 20) for n in range(4))
    (folder / "tables.heed").write_text(tables, "utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("heed")
    parser.add_argument("--rules", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--most", type=float, default=2.0, help="seconds")
    parser.add_argument("--keep", type=pathlib.Path, help="where to leave the policy")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        write_policy(folder, options.rules)
        size = sum(path.stat().st_size for path in folder.glob("*.heed"))
        took = []
        for _ in range(options.runs):
            begin = time.monotonic()
            checked = subprocess.run([options.heed, "check", folder], capture_output=True, text=True)
            took.append(time.monotonic() - begin)
        if checked.returncode != 0:
            sys.exit(checked.stdout[:2000] + checked.stderr)
    median = statistics.median(took)
    print(f"{options.rules} rules, {size / 1e6:.1f} MB: {median:.2f} s (median of {options.runs})")
    print("it says: " + (checked.stdout.splitlines() or ["nothing"])[-1])
    sys.exit(median > options.most)


if __name__ == "__main__":
    main()
