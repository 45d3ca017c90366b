"""What tests/bench measures with: made policies whose answers are known from elsewhere.

The workload finds which rules match a case without asking rule by rule; `heed decide --lines` must say the same.
"""
import json
import pathlib
import random
import sys
import tempfile
import unittest

from support import ROOT, heed, main

sys.path.insert(0, str(ROOT / "tests/bench/peers"))
sys.dont_write_bytecode = True
import forms  # noqa: E402
import workload  # noqa: E402

sys.path.insert(0, str(ROOT / "tests/bench"))
import instructions  # noqa: E402


class Workload(unittest.TestCase):
    def test_rules_fire_where_the_workload_says(self):
        chance = random.Random(11)
        cases = [workload.make_case(chance, number) for number in range(200)]
        for size in (10, 100, 700):
            rules = [workload.rule(chance, number, size) for number in range(size)]
            expected = workload.Answers(cases).expected(rules)
            self.assertTrue(3 < sum(map(len, expected)) / len(cases) < 15)
            with tempfile.TemporaryDirectory() as folder:
                policy, lines = pathlib.Path(folder) / "policy.heed", pathlib.Path(folder) / "cases.jsonl"
                policy.write_text(forms.heed({"rules": rules}, workload.FACTS))
                lines.write_text("".join(json.dumps(case) + "\n" for case in cases))
                run = heed("decide", "--policy", policy, "--lines", lines)
            self.assertEqual(run.returncode, 0, run.stderr)
            fired = [[int(name[1:]) for name in json.loads(line)["rules"]["fired"]] for line in run.stdout.splitlines()]
            self.assertEqual(fired, expected)

    def test_instructions_may_grow_by_a_twentieth(self):
        for now, before, grew in ((104, 100, False), (106, 100, True), (80, 100, False), (7, None, True)):
            self.assertEqual(instructions.compare("a run", now, before)[1], grew)


if __name__ == "__main__":
    main()
