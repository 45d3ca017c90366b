"""`heed bench`: users measure their own policy over their own cases."""
import json
import pathlib
import tempfile
import unittest

import jsonschema
from support import CASES, POLICY, ROOT, heed, main

SCHEMA = json.loads((ROOT / "schemas/bench.schema.json").read_text())
LINES = [json.dumps(json.loads(file.read_text())) for file in sorted(CASES.glob("*.json"))]


class Bench(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.cases = pathlib.Path(folder.name) / "cases.jsonl"
        self.cases.write_text("\n".join(LINES) + "\n")

    def bench(self, *words, cases=None, status=0, stdin=None):
        run = heed("bench", "--policy", POLICY, "--cases", cases or self.cases, "--seconds", "0.02", *words, stdin=stdin)
        self.assertEqual(run.returncode, status, run.stdout + run.stderr)
        return run

    def measured(self, *words, **more):
        measured = json.loads(self.bench("--json", *words, **more).stdout)
        errors = jsonschema.Draft202012Validator(SCHEMA).iter_errors(measured)
        self.assertEqual([error.message for error in errors], [])
        return measured

    def test_a_person_reads_how_fast_it_is_and_what_costs_most(self):
        run = self.bench("--jobs", "2")
        for words in ("service_recovery: ", "one thread: ", "2 threads: ", " decisions/s", "p50 ", "p95 ", "p99 ",
                      "longest ", "% reading the case", "% deciding", "% writing", "without a rule it would take less by"):
            self.assertIn(words, run.stdout)
        self.assertEqual(run.stderr, "")

    def test_a_program_reads_the_same(self):
        measured = self.measured("--jobs", "2")
        self.assertEqual(measured["cases"]["taken"], len(LINES))
        self.assertEqual(measured["cases"]["refused"], 0)
        self.assertEqual(measured["all_threads"]["threads"], 2)
        self.assertGreaterEqual(measured["one_thread"]["decisions"], len(LINES))
        times = measured["decision_us"]
        self.assertLessEqual(times["p50"], times["p99"])
        self.assertLessEqual(times["p99"], times["longest"])
        costs = [rule["us"] for rule in measured["dearest"]["rules"]]
        self.assertEqual(costs, sorted(costs, reverse=True))
        self.assertIsNone(self.measured("--jobs", "1")["all_threads"])

    def test_a_rule_that_goes_through_a_long_history_is_named_first(self):
        policy = self.cases.with_name("far.heed")
        policy.write_text('policy far "Far"\nneed functional n\nfact tier is one of low < high\n'
                          "event contact\n  channel is one of phone, web\n"
                          "rule by_tier\n  when tier is high\n  then n is threatened\n"
                          "rule far_back\n  when count of contact in last 1000 days where (channel is phone) >= 1\n"
                          "  then n is violated\n")
        events = [{"event": "contact", "at": "2026-11-01T10:00:00Z", "channel": "web"}] * 3000
        self.cases.write_text(json.dumps({"at": "2026-11-22T10:00:00Z", "facts": {"tier": "high"}, "history": events}))
        run = heed("bench", "--policy", policy, "--cases", self.cases, "--seconds", "0.02", "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        first = json.loads(run.stdout)["dearest"]["rules"][0]
        self.assertEqual((first["rule"], first["asked"], first["fired"]), ("far_back", 1, 0))

    def test_lines_that_are_no_case_are_refused_as_decide_refuses_them(self):
        self.cases.write_text("\n".join([*LINES, "{", "", '{"facts": {"case.problem": 7}}']) + "\n")
        run = self.bench("--json", status=1)
        self.assertEqual(json.loads(run.stdout)["cases"]["refused"], 2)
        self.assertIn("2 of %d lines were no case that can be decided; they are left out" % (len(LINES) + 2), run.stderr)
        self.assertIn(f"{self.cases}:{len(LINES) + 1}: error[case.syntax]: ", run.stderr)
        self.assertIn(f"{self.cases}:{len(LINES) + 3} /facts/case.problem: error[case.type]: ", run.stderr)
        decided = heed("decide", "--policy", POLICY, "--lines", self.cases)
        self.assertEqual(decided.returncode, 1)
        codes = [error["code"] for line in decided.stdout.splitlines() for error in json.loads(line).get("errors", [])]
        self.assertIn("case.syntax", codes)
        self.assertIn("case.type", codes)

    def test_what_cannot_be_measured_is_told_with_a_way_out(self):
        self.cases.write_text("\n")
        for words, code in (([], "bench.no-cases"), (["--source", "none"], "source.unknown"), (["--at", "soon"], "usage.time"),
                            (["--seconds", "0"], "usage.value"), (["--jobs", "0"], "usage.value")):
            run = self.bench(*words, status=2)
            self.assertIn(f"error[{code}]: ", run.stderr)
            self.assertIn("help: ", run.stderr)
            self.assertEqual(run.stdout, "")
        self.assertIn("error[file.unreadable]", self.bench(cases="/nowhere.jsonl", status=2).stderr)

    def test_payloads_of_a_source_are_measured_too(self):
        payloads = [json.dumps(json.loads(file.read_text())) for file in sorted((POLICY / "payloads").glob("zendesk*.json"))]
        self.assertTrue(payloads)
        measured = self.measured("--source", "zendesk", "--jobs", "1", cases="-", stdin="\n".join(payloads))
        self.assertEqual(measured["cases"]["taken"], len(payloads))


if __name__ == "__main__":
    main()
