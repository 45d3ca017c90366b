"""The commands as a newcomer meets them: what they print, and what they say to bad input."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support import CASES, HEED, POLICY, heed, main

CASE = CASES / "blamed-he.json"


class Scratch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def policy(self, text, name="policy.heed"):
        folder = self.folder / "policy"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text)
        return folder


class New(Scratch):
    def test_a_new_policy_checks_tests_and_decides(self):
        made = heed("new", self.folder / "mine")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertEqual(heed("check", self.folder / "mine").stdout, "")
        tested = heed("test", self.folder / "mine")
        self.assertEqual(tested.returncode, 0, tested.stdout + tested.stderr)
        self.assertIn("2 passed, 0 failed", tested.stdout)
        self.assertEqual(heed("fmt", "--check", self.folder / "mine").returncode, 0)
        decided = heed("decide", "--policy", self.folder / "mine", self.folder / "mine/case.json")
        self.assertEqual(decided.returncode, 0, decided.stderr)
        self.assertEqual(json.loads(decided.stdout)["rules"]["fired"],
                         ["blamed_for_the_mistake", "wrong_item_is_replaced"])

    def test_a_folder_that_holds_something_is_left_alone(self):
        (self.folder / "kept").write_text("x")
        made = heed("new", self.folder)
        self.assertEqual(made.returncode, 2)
        self.assertIn("new.not-empty", made.stderr)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["kept"])


class Check(Scratch):
    def test_the_standard_policy_has_no_mistake(self):
        found = heed("check", POLICY)
        self.assertEqual((found.returncode, found.stderr), (0, ""))
        self.assertNotIn("error", found.stdout)
        self.assertNotIn("warning[", found.stdout)

    def test_a_mistake_has_place_caret_and_suggestion(self):
        folder = self.policy('policy p\n\nfact customer.tier is yes or no\n\nneed functional speed\n\n'
                             'rule r\n  when customer.teir\n  then speed is violated\n')
        found = heed("check", folder)
        self.assertEqual(found.returncode, 1)
        self.assertIn("policy.heed:8:8: error[", found.stdout)
        self.assertIn("^^^^^^^^^^^^^", found.stdout)
        self.assertIn("did you mean `customer.tier`?", found.stdout)

    def test_formats_for_programs(self):
        folder = self.policy("policy p\n\nrule r\n  when x\n  then nothing\n")
        found = json.loads(heed("check", "--format", "json", folder).stdout)
        self.assertTrue(found["diagnostics"])
        sarif = json.loads(heed("check", "--format", "sarif", folder).stdout)
        self.assertEqual(sarif["version"], "2.1.0")
        self.assertTrue(sarif["runs"][0]["results"])

    def test_what_is_silenced_is_counted_and_given_with_its_reason(self):
        folder = self.policy("policy p\n\n# allow analysis.unused: the shop sends it already\n"
                             "fact case.delay is duration\n\nfact case.share is number\n")
        text = heed("check", folder)
        self.assertEqual(text.returncode, 0)
        self.assertIn("`case.share`", text.stdout)
        self.assertNotIn("`case.delay`", text.stdout)
        self.assertEqual(text.stdout.splitlines()[-1], "1 warning, 1 silenced")
        found = json.loads(heed("check", "--format", "json", folder).stdout)
        self.assertEqual([found["errors"], found["warnings"], len(found["diagnostics"])], [0, 1, 1])
        self.assertEqual([[it["code"], it["line"], it["reason"]] for it in found["silenced"]],
                         [["analysis.unused", 4, "the shop sends it already"]])
        results = json.loads(heed("check", "--format", "sarif", folder).stdout)["runs"][0]["results"]
        self.assertEqual([result.get("suppressions") for result in results],
                         [None, [{"kind": "inSource", "justification": "the shop sends it already"}]])

    def test_what_is_not_there_is_said(self):
        found = heed("check", self.folder / "nowhere")
        self.assertEqual(found.returncode, 2)
        self.assertIn("policy.unreadable", found.stderr)
        self.assertEqual(heed("check", self.folder).returncode, 2)


class Fmt(Scratch):
    def test_writes_the_canonical_shape_once(self):
        folder = self.policy("policy p\nfact   a.b   is yes or no   # kept\n")
        self.assertEqual(heed("fmt", "--check", folder).returncode, 1)
        self.assertEqual(heed("fmt", folder).returncode, 0)
        text = (folder / "policy.heed").read_text()
        self.assertIn("fact a.b is yes or no", text)
        self.assertIn("# kept", text)
        self.assertEqual(heed("fmt", "--check", folder).returncode, 0)

    def test_a_file_with_a_mistake_is_left_as_it_is(self):
        text = "policy p\nfact a.b is\n"
        folder = self.policy(text)
        self.assertEqual(heed("fmt", folder).returncode, 1)
        self.assertEqual((folder / "policy.heed").read_text(), text)

    def test_the_standard_policy_is_in_its_canonical_shape(self):
        found = heed("fmt", "--check", POLICY)
        self.assertEqual((found.returncode, found.stdout), (0, ""))


class Decide(Scratch):
    def test_the_blamed_customer_in_hebrew(self):
        decided = heed("decide", "--policy", POLICY, "--text", "--lang", "he", CASE)
        self.assertEqual(decided.returncode, 0, decided.stderr)
        self.assertRegex(decided.stdout, "[א-ת]")
        answer = json.loads(heed("decide", "--policy", POLICY, CASE).stdout)
        states = {need["need"]: need["state"] for need in answer["needs"]}
        self.assertEqual(states["respect"], "violated")

    def test_every_sample_is_decided_without_a_warning(self):
        samples = sorted(CASES.glob("*.json"))
        self.assertGreaterEqual(len(samples), 12)
        for sample in samples:
            with self.subTest(sample.name):
                decided = heed("decide", "--policy", POLICY, sample)
                self.assertEqual(decided.returncode, 0, decided.stderr)
                answer = json.loads(decided.stdout)
                self.assertEqual(answer["warnings"], [])
                self.assertEqual(answer["ignored"], [])

    def test_webhooks_are_decided_through_their_source(self):
        for name in ("zammad", "zendesk"):
            with self.subTest(name):
                payload = POLICY / f"payloads/{name}.json"
                decided = heed("decide", "--policy", POLICY, "--source", name, payload)
                self.assertEqual(decided.returncode, 0, decided.stderr)
                self.assertTrue(json.loads(decided.stdout)["subject"])

    def test_the_same_case_gives_the_same_bytes(self):
        first = heed("decide", "--policy", POLICY, CASE).stdout
        self.assertEqual(heed("decide", "--policy", POLICY, "-", stdin=CASE.read_text()).stdout, first)

    def test_mistakes_of_a_case_are_told_all_at_once(self):
        decided = heed("decide", "--policy", POLICY, stdin='{"facts": {"customer": {"captive": 3}}, "at": "noon"}')
        self.assertEqual(decided.returncode, 1)
        self.assertEqual(decided.stdout, "")
        self.assertIn("/facts/customer/captive", decided.stderr)
        self.assertIn("/at", decided.stderr)

    def test_bad_usage_is_2(self):
        for words in (["decide"], ["decide", "--policy", POLICY, "--source", "nobody", CASE], ["nothing"], [],
                      ["decide", "--policy", POLICY, CASE.parent / "missing.json"],
                      ["decide", "--policy", POLICY, "--at", "noon", CASE],
                      ["explain", "--policy", POLICY, "--rule", "no_such_rule", CASE]):
            with self.subTest(words):
                found = heed(*words)
                self.assertEqual(found.returncode, 2)
                self.assertTrue(found.stderr)


class Lines(Scratch):
    def test_a_bad_line_is_answered_in_its_place_and_the_rest_goes_on(self):
        case = json.dumps(json.loads(CASE.read_text()))
        lines = [case, "{", '{"facts": {"customer": {"captive": 3}}}', "", case]
        decided = heed("decide", "--policy", POLICY, "--lines", stdin="\n".join(lines) + "\n")
        self.assertEqual(decided.returncode, 1)
        answers = [json.loads(line) for line in decided.stdout.splitlines()]
        self.assertEqual(len(answers), 4)  # a blank line is none
        self.assertEqual(answers[0], answers[3])
        self.assertEqual(answers[0], json.loads(heed("decide", "--policy", POLICY, CASE).stdout))
        self.assertEqual([a.get("status") for a in answers], [None, 400, 422, None])
        self.assertEqual(answers[2]["errors"][0]["pointer"], "/facts/customer/captive")

    def test_the_last_line_needs_no_end(self):
        case = json.dumps(json.loads(CASE.read_text()))
        decided = heed("decide", "--policy", POLICY, "--lines", stdin=case + "\n" + case)
        self.assertEqual((decided.returncode, len(decided.stdout.splitlines())), (0, 2))

    def test_memory_stays_constant(self):
        case = json.dumps(json.loads(CASE.read_text()))
        path = self.folder / "cases.jsonl"

        def peak_kib(count):
            path.write_text((case + "\n") * count)
            code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
                    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
            words = ["python3", "-c", code, HEED, "decide", "--policy", str(POLICY), "--lines", str(path)]
            return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout)

        self.assertLess(peak_kib(6000), peak_kib(200) + 4096)

    def test_a_reader_that_goes_away_ends_it(self):
        case = json.dumps(json.loads(CASE.read_text()))
        process = subprocess.Popen([HEED, "decide", "--policy", str(POLICY), "--lines"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        process.stdin.write(case + "\n")
        process.stdin.flush()
        self.assertTrue(process.stdout.readline())  # answered as soon as the line is there
        process.stdout.close()
        try:
            for _ in range(2000):
                process.stdin.write(case + "\n")
            process.stdin.close()
        except BrokenPipeError:
            pass
        self.assertEqual(process.wait(30), 2)
        process.stderr.close()


class Explain(Scratch):
    def test_says_for_each_rule_why(self):
        for language in ("en", "he"):
            explained = heed("explain", "--policy", POLICY, "--lang", language, CASE)
            self.assertEqual(explained.returncode, 0, explained.stderr)
            self.assertIn("blamed", explained.stdout)
        narrowed = heed("explain", "--policy", POLICY, "--rule", "blamed_for_the_mistake", CASE)
        self.assertLess(len(narrowed.stdout), len(explained.stdout))

    def test_a_rule_that_is_not_there_is_told_with_what_was_probably_meant(self):
        for name, said in (("customer_about_to_goo", "did you mean `customer_about_to_go`?"),
                           ("x", "without --rule lists all")):
            run = heed("explain", "--policy", POLICY, "--rule", name, CASE)
            self.assertEqual(run.returncode, 2)
            self.assertIn(f"error[rule.unknown]: the policy has no rule `{name}`", run.stderr)
            self.assertIn(said, run.stderr)

    def test_tells_the_smallest_change_under_which_a_rule_would_fire(self):
        folder = self.policy("policy p\nfact a is yes or no\nfact n is whole number\nrole lead\n"
                             "rule r\n  when a and n > 3\n  then escalate to lead within 4 hours\n"
                             "rule impossible\n  when a and not a\n  then ask n\n")
        case = '{"at": "2026-11-22T10:00:00Z", "facts": {"a": false, "n": 3}}'
        shown = heed("explain", "--policy", folder, "--rule", "r", stdin=case).stdout
        self.assertIn("held back by: a; n > 3", shown)
        self.assertIn("it would fire with a: yes (instead of no), n: 4 (instead of 3)", shown)
        said = heed("explain", "--policy", folder, "--rule", "impossible", stdin=case).stdout
        self.assertIn("no change of facts was found", said)
        hebrew = heed("explain", "--policy", folder, "--lang", "he", stdin=case).stdout
        self.assertIn("היה חל עם", hebrew)
        self.assertIn("מה היה משנה למי עובר הטיפול", hebrew)
        explained = json.loads(heed("explain", "--policy", folder, "--json", stdin=case).stdout)
        self.assertEqual(explained["nearest_escalation"]["then"], [{"to": "lead", "due": "2026-11-22T14:00:00Z"}])
        nearest = {rule["rule"]: rule["nearest"] for rule in explained["explanation"]}["r"]
        self.assertEqual(nearest["changes"][1], {"fact": "n", "from": {"value": 3, "known": True},
                                                 "to": {"value": 4, "known": True}})
        self.assertTrue(nearest["complete"])
        stopped = heed("explain", "--policy", folder, "--rule", "r", "--tries", "3", stdin=case).stdout
        self.assertIn("the search stopped after", stopped)
        without = json.loads(heed("explain", "--policy", folder, "--json", "--tries", "0", stdin=case).stdout)
        self.assertNotIn("nearest_escalation", without)
        self.assertEqual(heed("explain", "--policy", folder, "--tries", "many", stdin=case).returncode, 2)

    def test_as_json_it_is_the_decision_with_more(self):
        explained = json.loads(heed("explain", "--policy", POLICY, "--json", "--tries", "2000", CASE).stdout)
        decided = json.loads(heed("decide", "--policy", POLICY, CASE).stdout)
        self.assertTrue(explained.pop("explanation"))
        self.assertTrue(explained.pop("nearest_escalation"))
        self.assertEqual(explained, decided)


class Terminal(Scratch):
    def test_no_colours_but_on_a_terminal(self):
        folder = self.policy("policy p\nrule r\n  when\n")
        self.assertNotIn("\x1b", heed("check", folder).stdout)
        try:
            for end in os.openpty():
                os.close(end)
        except OSError:
            self.skipTest("no pseudo-terminals here")
        words = f"{HEED} check {folder}"
        for env, coloured in (({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False)):
            shown = subprocess.run(["script", "-qec", words, "/dev/null"], capture_output=True, text=True,
                                   env={"PATH": "/usr/bin:/bin", **env})
            self.assertEqual("\x1b[" in shown.stdout, coloured, shown.stdout)

    def test_what_is_wrong_with_a_line_is_told_with_a_way_out(self):
        for words, code, said in (
                (["bogus"], "usage.unknown", "`heed` has no command `bogus`"),
                (["tset"], "usage.unknown", "did you mean `test`?"),
                ([], "usage.missing", "`heed --help`"),
                (["log"], "usage.missing", "`heed log --help`"),
                (["log", "verfy"], "usage.unknown", "did you mean `verify`?"),
                (["test"], "usage.missing", "`POLICY` is missing"),
                (["test", "--coverge", POLICY], "usage.unknown", "did you mean `--coverage`?"),
                (["test", "--lang", "fr", POLICY], "usage.value", "en,he"),
                (["test", "--junit"], "usage.value", "--junit"),
                (["compare", POLICY], "usage.missing", "`NEW` is missing"),
                (["compare", POLICY, POLICY, POLICY], "usage.unknown", "a word too many"),
                (["compare", POLICY, POLICY, "--cases", "x", "--log", "y"], "usage.together", "--log"),
                (["compare", POLICY, POLICY, "--cases", "x", "--format", "xml"], "usage.value", "text,json"),
                (["compare", POLICY, POLICY, "--cases", "x", "--examples", "1000"], "usage.value", "0 to 100"),
                (["explain", "--policy", POLICY, "--tries", "-1"], "usage.value", "--tries"),
                (["explain", "--policy", POLICY, "--tries", "many"], "usage.value", "--tries"),
        ):
            run = heed(*words)
            self.assertEqual((run.returncode, run.stdout), (2, ""), words)
            self.assertIn(f"error[{code}]: ", run.stderr, words)
            self.assertIn("help: ", run.stderr, words)
            self.assertIn(said, run.stderr, words)

    def test_completion_for_three_shells(self):
        for shell, checker in (("bash", "bash"), ("zsh", "zsh"), ("fish", "fish")):
            script = heed("completion", shell)
            self.assertEqual(script.returncode, 0)
            self.assertIn("verify", script.stdout)
            if shutil.which(checker):
                checked = subprocess.run([checker, "-n"], input=script.stdout, capture_output=True, text=True)
                self.assertEqual(checked.returncode, 0, checked.stderr)
        words = "source /dev/stdin; COMP_WORDS=(heed log ''); COMP_CWORD=2; _heed; echo \"${COMPREPLY[@]}\""
        shown = subprocess.run(["bash", "-c", words], input=heed("completion", "bash").stdout,
                               capture_output=True, text=True)
        self.assertIn("verify", shown.stdout)
        self.assertEqual(heed("completion", "tcsh").returncode, 2)

    def test_help_and_version(self):
        for words in (["--help"], ["decide", "--help"], ["log", "verify", "--help"], ["--version"]):
            shown = heed(*words)
            self.assertEqual(shown.returncode, 0)
            self.assertTrue(shown.stdout)


if __name__ == "__main__":
    main()
