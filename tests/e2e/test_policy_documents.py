"""The policy owner's documents and the standard policy do what they say.

HEED names the program, HEED_SOURCE_DIR the repository.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

HEED = os.environ["HEED"]
ROOT = pathlib.Path(os.environ["HEED_SOURCE_DIR"])
DOCUMENTS = sorted((ROOT / "docs").rglob("*.md"))
STANDARD = ROOT / "rules" / "service_recovery"


def run(*arguments):
    return subprocess.run([HEED, *map(str, arguments)], capture_output=True, text=True, timeout=120)


def blocks(document, language):
    """The code blocks of a document that are marked with `language`."""
    return re.findall(rf"^```{language}\n(.*?)^```$", document.read_text("utf-8"), re.M | re.S)


def policy_of(*texts):
    """A folder that holds these texts as a policy, and the tables of the documents that they name."""
    folder = tempfile.TemporaryDirectory()
    for number, text in enumerate(texts):
        (pathlib.Path(folder.name) / f"part{number}.heed").write_text(text, "utf-8")
        for document in DOCUMENTS:
            for name, rows in re.findall(r"^```csv (\S+)\n(.*?)^```$", document.read_text("utf-8"), re.M | re.S):
                if f'from "{name}"' in text:
                    (pathlib.Path(folder.name) / name).write_text(rows, "utf-8")
    return folder


class Documents(unittest.TestCase):
    def test_whole_policies_check_without_a_word_and_pass_their_tests(self):
        for document in DOCUMENTS:
            for text in blocks(document, "heed"):
                with self.subTest(document=document.name, begins=text[:60]), policy_of(text) as folder:
                    checked = run("check", folder)
                    self.assertEqual((checked.returncode, checked.stdout), (0, ""), checked.stderr)
                    if re.search(r"^test ", text, re.M):
                        tested = run("test", folder)
                        self.assertEqual(tested.returncode, 0, tested.stdout + tested.stderr)

    def test_fragments_check_beside_the_prelude(self):
        prelude = (ROOT / "docs" / "prelude.heed").read_text("utf-8")
        for document in DOCUMENTS:
            for text in blocks(document, "heed-fragment"):
                with self.subTest(document=document.name, begins=text[:60]):
                    with policy_of(prelude, text) as folder:
                        checked = run("check", folder)
                        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_slips_are_told_as_shown(self):
        prelude = (ROOT / "docs" / "prelude.heed").read_text("utf-8")
        for name, least in (("slips.md", 20), ("checking.md", 12)):
            page = ROOT / "docs" / "policy-owner" / name
            pairs = re.findall(r"^```heed-slip\n(.*?)^```\n```text\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)
            self.assertEqual(len(pairs), len(blocks(page, "heed-slip")))
            self.assertGreaterEqual(len(pairs), least)
            for slip, said in pairs:
                with self.subTest(page=name, slip=slip), policy_of(prelude, slip) as folder:
                    checked = run("check", folder).stdout
                    for line in said.splitlines():
                        self.assertIn(line, checked)

    def test_steps_of_a_tutorial_lead_to_its_last_policy(self):
        for document in DOCUMENTS:
            for step in blocks(document, "heed-step"):
                with self.subTest(document=document.name, begins=step[:60]):
                    self.assertIn(step, blocks(document, "heed")[-1])

    def test_links_lead_somewhere(self):
        for document in DOCUMENTS:
            for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
                if "://" not in target:
                    with self.subTest(document=document.name, target=target):
                        self.assertTrue((document.parent / target).exists())


class StandardPolicy(unittest.TestCase):
    def test_it_checks_without_a_word(self):
        checked = run("check", STANDARD)
        self.assertEqual((checked.returncode, checked.stderr), (0, ""))
        self.assertRegex(checked.stdout, r"\A(\d+ warnings? silenced\n)?\Z")

    def test_its_tests_pass_and_reach_every_rule(self):
        tested = run("test", STANDARD)
        self.assertEqual(tested.returncode, 0, tested.stdout + tested.stderr)
        self.assertNotIn("in no test", tested.stdout)

    def test_it_has_its_canonical_shape(self):
        formatted = run("fmt", "--check", STANDARD)
        self.assertEqual(formatted.returncode, 0, formatted.stdout + formatted.stderr)

    def test_every_rule_says_why_in_both_languages_and_where_it_comes_from(self):
        for path in sorted(STANDARD.glob("*.heed")):
            for name, body in re.findall(r"^rule (\w+)(.*?)(?=^\S|\Z)", path.read_text("utf-8"), re.M | re.S):
                with self.subTest(rule=name):
                    self.assertRegex(body, r"\n  source S00\d-\d\d")
                    because = body.partition("because")[2]
                    self.assertRegex(because, r'en\s+"')
                    self.assertRegex(because, r'he\s+"[^"]*[\u05d0-\u05ea]')

    def test_every_sample_case_is_decided(self):
        cases = sorted((STANDARD / "cases").glob("*.json"))
        self.assertGreaterEqual(len(cases), 12)
        for case in cases:
            with self.subTest(case=case.name):
                decided = run("decide", "--policy", STANDARD, case)
                self.assertEqual(decided.returncode, 0, decided.stderr)
                decision = json.loads(decided.stdout)
                self.assertEqual((decision["ignored"], decision["warnings"]), ([], []))

    def test_the_blamed_customer_is_restored_first(self):
        decided = run("decide", "--policy", STANDARD, STANDARD / "cases" / "blamed-he.json")
        decision = json.loads(decided.stdout)
        states = {need["need"]: need["state"] for need in decision["needs"]}
        self.assertEqual((states["respect"], states["security"]), ("violated", "violated"))
        self.assertEqual(decision["answers"]["advice.track"]["value"], "restore_first")
        self.assertEqual(decision["escalations"][0]["to"], "team_lead")

    def test_payloads_are_decided_through_their_sources(self):
        payloads = sorted((STANDARD / "payloads").glob("*.json"))
        sources = re.findall(r"^source (\w+)", (STANDARD / "sources.heed").read_text("utf-8"), re.M)
        self.assertEqual([payload.stem for payload in payloads], sorted(sources))
        for payload in payloads:
            with self.subTest(payload=payload.name):
                decided = run("decide", "--policy", STANDARD, "--source", payload.stem, payload)
                self.assertEqual(decided.returncode, 0, decided.stderr)
                decision = json.loads(decided.stdout)
                self.assertEqual(decision["warnings"], [])
                self.assertTrue(decision["matches"])
                self.assertTrue(decision["subject"])


if __name__ == "__main__":
    unittest.main()
