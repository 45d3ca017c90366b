"""What `heed test` writes down: coverage as text, pages and lcov, JUnit; and that it runs again when a file changes."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import xml.etree.ElementTree

from pages import Page
from support import HEED, POLICY, heed, main

SMALL = '''policy small "Small"
fact tier is one of silver < gold
need functional speed
rule fast
  when tier is gold
  then speed is violated
rule slow
  when tier is silver
  then speed is threatened
test "gold"
  given tier is gold
  expect speed is violated
'''
FAILING = SMALL + '''test "silver & <others>"
  given tier is silver
  expect speed is violated
'''


class Scratch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def policy(self, text, name="policy"):
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        (folder / "policy.heed").write_text(text)
        return folder


class Coverage(Scratch):
    def test_as_text_says_what_was_reached_and_what_was_not(self):
        folder = self.policy(SMALL)
        run = heed("test", "--coverage", folder)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("rules" + " " * 9 + "50%  1 of 2 fired", run.stdout)
        self.assertIn("policy.heed:7: rule `slow` never fired", run.stdout)
        self.assertIn("policy.heed:5: `tier is gold` was never false", run.stdout)
        self.assertIn("need `speed` was never threatened", run.stdout)
        self.assertIn("1 passed, 0 failed", run.stdout)

    def test_too_little_of_it_fails(self):
        folder = self.policy(SMALL)
        for minimum, status in (("10", 0), ("100", 1), ("0", 0), ("101", 2), ("much", 2), ("-1", 2)):
            run = heed("test", f"--minimum={minimum}", folder)
            self.assertEqual(run.returncode, status, (minimum, run.stdout, run.stderr))
        self.assertIn("less than the 100% that --minimum asks for", heed("test", "--minimum", "100", folder).stdout)

    def test_as_pages_stands_on_its_own(self):
        for language, direction in (("en", "ltr"), ("he", "rtl")):
            pages = self.folder / language
            run = heed("test", "--coverage-html", pages, "--lang", language, POLICY)
            self.assertEqual(run.returncode, 0, run.stderr)
            files = {file.name: Page(file) for file in pages.glob("*.html")}
            self.assertGreater(len(files), 5)
            for name, page in files.items():
                self.assertEqual((page.root["lang"], page.root["dir"]), (language, direction))
                self.assertEqual(page.foreign, [])
                for link in page.links:
                    file, _, place = link.partition("#")
                    self.assertIn(file or name, files, link)
                    if place:
                        self.assertIn(place, files[file or name].ids, link)

    def test_as_pages_of_several_policies_has_one_to_begin_with(self):
        run = heed("test", "--coverage-html", self.folder / "pages", self.policy(SMALL), self.policy(SMALL, "other"))
        self.assertEqual(run.returncode, 0, run.stderr)
        for link in Page(self.folder / "pages/index.html").links:
            self.assertTrue((self.folder / "pages" / link).exists(), link)

    def test_for_lcov_adds_up(self):
        file = self.folder / "lcov.info"
        run = heed("test", "--coverage-lcov", file, self.policy(SMALL))
        self.assertEqual(run.returncode, 0, run.stderr)
        lines = file.read_text().splitlines()
        self.assertIn("FN:4,fast", lines)
        self.assertIn("FNDA:0,slow", lines)
        self.assertIn("BRDA:5,0,0,1", lines)
        self.assertIn("BRDA:5,0,1,0", lines)
        self.assertEqual(lines[-1], "end_of_record")
        for found, hit, what in (("FNF", "FNH", "FNDA"), ("BRF", "BRH", "BRDA"), ("LF", "LH", "DA")):
            all_of = [line for line in lines if line.startswith(what + ":")]
            taken = [line for line in all_of
                     if (line.split(":")[1].split(",")[0 if what == "FNDA" else -1]) not in ("0", "-")]
            self.assertIn(f"{found}:{len(all_of)}", lines)
            self.assertIn(f"{hit}:{len(taken)}", lines)
        if shutil.which("genhtml"):
            made = subprocess.run(["genhtml", "--branch-coverage", "-o", self.folder / "lcov", file],
                                  capture_output=True, text=True)
            self.assertEqual(made.returncode, 0, made.stderr)

    def test_cannot_be_written_where_there_is_no_way(self):
        (self.folder / "file").write_text("x")
        for words in (["--coverage-html", self.folder / "file/pages"], ["--coverage-lcov", self.folder / "none/lcov"],
                      ["--junit", self.folder / "none/junit.xml"]):
            run = heed("test", *words, self.policy(SMALL))
            self.assertEqual(run.returncode, 2, words)
            self.assertIn("error[file.unwritable]", run.stderr)


class JUnit(Scratch):
    def test_has_a_case_for_each_test_with_its_place_and_what_was_found(self):
        file = self.folder / "junit.xml"
        run = heed("test", "--junit", file, "--coverage", self.policy(FAILING), self.policy(SMALL, "other"))
        self.assertEqual(run.returncode, 1)
        suites = xml.etree.ElementTree.parse(file).getroot()
        self.assertEqual((suites.tag, suites.get("tests"), suites.get("failures"), suites.get("errors")),
                         ("testsuites", "3", "1", "0"))
        cases = suites.findall("testsuite/testcase")
        self.assertEqual([case.get("name") for case in cases], ["gold", "silver & <others>", "gold"])
        self.assertTrue(cases[1].get("file").endswith("policy.heed"))
        self.assertEqual(cases[1].get("line"), "13")
        failure = cases[1].find("failure")
        self.assertIn("expected speed is violated", failure.get("message"))
        self.assertIn("speed is threatened", failure.get("message"))
        self.assertIn("rules that fired: slow", failure.text)

    def test_tells_of_a_policy_that_cannot_be_loaded(self):
        file = self.folder / "junit.xml"
        run = heed("test", "--junit", file, self.policy("policy p\nrule r\n  when x\n"))
        self.assertEqual(run.returncode, 1)
        error = xml.etree.ElementTree.parse(file).getroot().find("testsuite/testcase/error")
        self.assertIn("error[", error.text)

    def test_tells_of_a_policy_that_is_not_there(self):
        file = self.folder / "junit.xml"
        run = heed("test", "--junit", file, self.folder / "none", self.policy(SMALL))
        self.assertEqual(run.returncode, 2)
        suites = xml.etree.ElementTree.parse(file).getroot()
        self.assertEqual((suites.get("tests"), suites.get("errors")), ("2", "1"))
        self.assertIn("error[policy.unreadable]", suites.find("testsuite/testcase/error").text)

    def test_says_how_long_it_took(self):
        file = self.folder / "junit.xml"
        heed("test", "--junit", file, self.policy(SMALL))
        suites = xml.etree.ElementTree.parse(file).getroot()
        for element in (suites, suites.find("testsuite")):
            self.assertRegex(element.get("time"), r"^\d+\.\d{3}$")


class Watch(Scratch):
    def start(self, *words):
        output = open(self.folder / "output", "w+")
        self.addCleanup(output.close)
        self.process = subprocess.Popen([HEED, "test", "--watch", *map(str, words)], stdout=output, stderr=output,
                                        env={**os.environ, "TERM": "dumb"})
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.kill)

    def wait_for(self, text, times=1):
        for _ in range(600):
            said = (self.folder / "output").read_text()
            if said.count(text) >= times:
                return said
            self.assertIsNone(self.process.poll(), said)
            time.sleep(0.05)
        self.fail(f"{text!r} did not come: {said}")

    def test_runs_again_when_a_file_changes_breaks_goes_and_comes_back(self):
        folder = self.policy(SMALL)
        file = folder / "policy.heed"
        self.start(folder)
        self.wait_for("1 passed, 0 failed")
        self.wait_for("watching")
        file.write_text(FAILING)
        self.wait_for("1 passed, 1 failed")
        file.write_text("policy small\nneed functional speed\nrule broken\n  when nothing\n  then speed is violated\n")
        self.wait_for("check.unknown-name")
        file.unlink()
        said = self.wait_for("policy.empty")
        self.assertGreater(said.index("policy.empty"), said.rindex("----"))
        (folder / "renamed.heed").write_text(SMALL)
        self.wait_for("1 passed, 0 failed", 2)
        (folder / "renamed.heed").rename(file)
        self.wait_for("watching", 6)
        self.process.send_signal(signal.SIGINT)
        self.assertEqual(self.process.wait(10), 0)

    def test_of_what_is_not_there_ends_at_once(self):
        run = heed("test", "--watch", self.folder / "none")
        self.assertEqual(run.returncode, 2)
        self.assertIn("policy.unreadable", run.stderr)


if __name__ == "__main__":
    main()
