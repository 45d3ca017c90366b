"""`heed compare`: which decisions a change of policy changes, for whom, and why."""
import json
import pathlib
import resource
import subprocess
import tempfile
import unittest

import jsonschema
from pages import Page
from support import CASES, HEED, POLICY, ROOT, Server, heed, main

OLD = '''policy small "Small"
  languages en, he
fact tier is one of silver < gold
fact delay is duration
parameter long is 3 days
need functional speed
  title en "Speed"  he "מהירות"
rule slow
  when delay >= long
  then speed is violated
source crm
  tier from "/customer/tier"
  delay from "/delay"
'''
NEW = OLD.replace("long is 3 days", "long is 2 days").replace("silver < gold", "silver < gold < platinum")
SCHEMA = json.loads((ROOT / "schemas/comparison.schema.json").read_text())


def case(subject, **facts):
    return json.dumps({"at": "2026-11-22T10:00:00Z", "subject": subject, "facts": facts})


LINES = [case("a", delay="PT60H"), case("b", delay="PT1H"), case("c", tier="platinum"), "{", "",
         case("d", delay="PT70H"), case("e", delay="PT80H", tier="gold")]


class Scratch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.old, self.new, self.cases = (self.folder / name for name in ("old.heed", "new.heed", "cases.jsonl"))
        self.old.write_text(OLD)
        self.new.write_text(NEW)
        self.cases.write_text("\n".join(LINES) + "\n")

    def compare(self, *words, status=0):
        run = heed("compare", self.old, self.new, *words)
        self.assertEqual(run.returncode, status, run.stdout + run.stderr)
        return run

    def compared(self, *words):
        comparison = json.loads(self.compare("--format", "json", *words).stdout)
        errors = jsonschema.Draft202012Validator(SCHEMA).iter_errors(comparison)
        self.assertEqual([error.message for error in errors], [])
        return comparison


class Compare(Scratch):
    def test_counts_groups_and_explains(self):
        comparison = self.compared("--cases", self.cases)
        self.assertEqual((comparison["cases"], comparison["changed"], comparison["same"]), (6, 2, 2))
        self.assertEqual(comparison["refused"], {"by_old": 1, "by_new": 0, "by_both": 1})
        self.assertEqual([(change["kind"], change["name"], change["how"]) for change in comparison["policy_changes"]],
                         [("fact", "tier", "changed"), ("parameter", "long", "changed")])
        group, = comparison["groups"]
        self.assertEqual(group["rules"], ["slow"])
        self.assertEqual([cause["name"] for cause in group["causes"]], ["long"])
        self.assertEqual(group["touched"], [{"line": 1, "subject": "a"}, {"line": 6, "subject": "d"}])
        self.assertEqual(group["changes"][0]["point"], "need:speed")
        self.assertIsNone(group["changes"][0]["before"])
        self.assertEqual(group["changes"][0]["after"]["en"], "violated, severity 3")
        self.assertEqual(comparison["refusals"][0]["line"], 3)
        self.assertIn("/facts/tier", comparison["refusals"][0]["why"])

    def test_as_text_in_both_languages(self):
        english = self.compare("--cases", self.cases).stdout
        for part in ("decided otherwise: 2", "refused by the old policy alone: 1",
                     "cause: rule slow, because of parameter long (changed)",
                     "Speed: nothing → violated, severity 3 (2)", "1 (a), 6 (d)"):
            self.assertIn(part, english)
        self.assertIn("מהירות", self.compare("--cases", self.cases, "--lang", "he").stdout)

    def test_as_a_page_that_stands_on_its_own(self):
        for language, direction in (("en", "ltr"), ("he", "rtl")):
            file = self.folder / f"{language}.html"
            self.compare("--cases", self.cases, "--html", file, "--lang", language)
            page = Page(file)
            self.assertEqual((page.root["lang"], page.root["dir"]), (language, direction))
            self.assertEqual(page.foreign, [])
            for link in page.links:
                self.assertIn(link.removeprefix("#"), page.ids)

    def test_exit_status_says_whether_anything_changes_where_that_is_asked(self):
        self.compare("--cases", self.cases, "--exit-code", status=1)
        self.new.write_text(OLD.replace('"Speed"', '"Haste"') + "# a comment\n")
        self.assertIn("decided otherwise: 0", self.compare("--cases", self.cases, "--exit-code").stdout)

    def test_of_payloads(self):
        payload = json.dumps({"customer": {"tier": "gold"}, "delay": "PT60H"})
        run = heed("compare", self.old, self.new, "--cases", "-", "--source", "crm", "--format", "json", stdin=payload)
        self.assertEqual(json.loads(run.stdout)["changed"], 1, run.stderr)

    def test_of_a_decision_log(self):
        store = self.folder / "log.sqlite"
        server = Server(store, self.old)
        try:
            for line in LINES[:2]:
                self.assertEqual(server.request("POST", "/v1/decisions", line).status, 200)
        finally:
            server.stop()
        comparison = self.compared("--log", store)
        self.assertEqual((comparison["cases"], comparison["changed"]), (2, 1))

    def test_bad_input_is_told(self):
        for words, code in (([], "usage.cases"), (["--cases", self.folder / "none"], "file.unreadable"),
                            (["--cases", self.cases, "--source", "none"], "source.unknown"),
                            (["--cases", self.cases, "--at", "soon"], "usage.time"),
                            (["--log", self.folder / "none"], "log.unreadable"),
                            (["--cases", self.folder], "file.unreadable"),
                            (["--cases", self.cases, "--html", self.folder / "none/page.html"], "file.unwritable")):
            self.assertIn(f"error[{code}]", self.compare(*words, status=2).stderr)
        self.cases.write_text("\n\n")
        self.assertIn("error[compare.no-cases]", self.compare("--cases", self.cases, status=2).stderr)
        self.cases.write_text('{"delay": "PT60H"}\n')
        self.assertIn("help: no case holds a fact", self.compare("--cases", self.cases).stderr)
        self.cases.write_text('{"facts": {"tier": 1}}\n{"facts": {"delay": "soon"}}\n[]\n')
        said = self.compare("--cases", self.cases, status=2).stderr
        for part in ("error[compare.no-case-read]", "line 1", "--source crm", "heed schema"):
            self.assertIn(part, said)
        self.new.write_text("policy small\nrule r\n  when nothing\n")
        self.assertIn("error[", self.compare("--cases", self.cases, status=2).stderr)

    def test_the_standard_policy_against_itself_changes_nothing(self):
        lines = "".join(json.dumps(json.loads(file.read_text())) + "\n" for file in sorted(CASES.glob("*.json")))
        run = heed("compare", POLICY, POLICY, "--cases", "-", "--exit-code", stdin=lines)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_many_cases_take_no_more_memory(self):
        def peak(count):
            self.cases.write_text((LINES[0] + "\n") * count)
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            subprocess.run([HEED, "compare", self.old, self.new, "--cases", self.cases], stdout=subprocess.DEVNULL,
                           check=True)
            return max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, before)

        few = peak(500)
        self.assertLess(peak(10_000), few * 1.3 + 4_096)


if __name__ == "__main__":
    main()
