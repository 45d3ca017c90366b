"""A logged decision as a page, and what another policy would have decided: on the command line and by HTTP."""
import json
import pathlib
import re
import shutil
import sqlite3
import tempfile
import unittest

import jsonschema
from pages import Page
from support import CASES, POLICY, ROOT, Server, heed, main

OLD = '''policy small "Small"
  languages en, he
fact tier is one of silver < gold
fact delay is duration
fact old_news is text
parameter long is 3 days
need functional speed
  title en "Speed"  he "מהירות"
event contact
  channel is text
rule slow
  title en "Too slow"  he "איטי מדי"
  when delay >= long
  then speed is violated
'''
NEW = OLD.replace("long is 3 days", "long is 2 days").replace("silver < gold", "bronze < silver").replace("fact old_news is text\n", "") \
    + '''rule contacts
  when count of contact in last 7 days >= 2
  then speed is threatened
'''
SCHEMA = json.loads((ROOT / "schemas/comparison.schema.json").read_text())
REPLAY = json.loads((ROOT / "schemas/replay.schema.json").read_text())


def case(subject, **facts):
    return json.dumps({"at": "2026-11-22T10:00:00Z", "subject": subject, "facts": facts})


class Scratch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.store = self.folder / "heed.sqlite"

    def log(self, policy, lines):
        server = Server(self.store, policy)
        try:
            return [server.request("POST", "/v1/decisions", line).json()["id"] for line in lines]
        finally:
            server.stop()


class Pages(Scratch):
    def page(self, *words):
        file = self.folder / "page.html"
        done = heed("log", "show", self.store, *words, "--format", "html")
        self.assertEqual(done.returncode, 0, done.stderr)
        file.write_text(done.stdout)
        return Page(file), done.stdout

    def test_every_case_of_the_standard_policy_is_a_page_that_stands_on_its_own(self):
        cases = sorted(CASES.glob("*.json"))
        ids = self.log(POLICY, [path.read_text() for path in cases])
        for number, identity in enumerate(ids, 1):
            for language, direction in (("en", "ltr"), ("he", "rtl"), ("both", None)):
                page, text = self.page(identity, "--lang", language)
                if direction:
                    self.assertEqual((page.root["lang"], page.root["dir"]), (language, direction))
                self.assertEqual(page.foreign, [])
                self.assertEqual([link for link in page.links if link.removeprefix("#") not in page.ids], [], cases[number - 1])
                self.assertEqual(text.count('<span class="badge good">its proof holds'), language != "he")
                self.assertIn(identity, text)
        self.assertEqual(self.page("2", "--lang", "en")[1], self.page(ids[0], "--lang", "en")[1])  # 1 is that of the policy

    def test_a_browser_gets_a_page_and_a_program_json(self):
        server = Server(self.store, POLICY)
        try:
            identity = server.request("POST", "/v1/decisions", (CASES / "blamed-he.json").read_text()).json()["id"]
            path = f"/v1/decisions/{identity}"
            browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
            page = server.request("GET", path, headers=browser)
            self.assertEqual((page.status, page.headers["Content-Type"]), (200, "text/html; charset=utf-8"))
            self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
            text = page.body.decode()
            self.assertEqual((text.count('<article lang="he" dir="rtl">'), text.count('<article lang="en" dir="ltr">')), (1, 1))
            self.assertNotIn("<article lang=\"he\"", server.request("GET", path + "?lang=en", headers=browser).body.decode())
            for headers in ({}, {"Accept": "application/json"}, {"Accept": "*/*"}, {"Accept": "application/json, text/html;q=0.5"}):
                answer = server.request("GET", path, headers=headers)
                self.assertEqual((answer.json()["id"], answer.headers["Vary"]), (identity, "Accept"))
            self.assertEqual(server.request("GET", path + "?lang=fr").status, 400)
            self.assertEqual(server.request("GET", "/v1/decisions/nobody", headers=browser).status, 404)
        finally:
            server.stop()

    def test_a_page_says_where_the_record_does_not_hold(self):
        policy = self.folder / "small.heed"
        policy.write_text(OLD)
        identity, _ = self.log(policy, [case("a", delay="PT80H"), case("b")])
        self.assertIn("Too slow", self.page(identity)[1])
        with sqlite3.connect(self.store) as database:
            database.execute("UPDATE records SET decision = replace(decision, '\"severity\":3', '\"severity\":1') WHERE sequence = 2")
        database.close()
        text = self.page(identity)[1]
        self.assertIn("its proof does not hold", text)
        self.assertIn("its policy decides otherwise than was logged", text)
        self.assertIn("its proof holds", self.page("3")[1])

    def test_a_record_that_is_no_decision_has_a_page_too(self):
        policy = self.folder / "small.heed"
        policy.write_text(OLD)
        self.log(policy, [case("a")])
        self.assertEqual(heed("log", "key", self.store, "--rotate").returncode, 0)
        self.assertIn("another policy decides", self.page("1")[1])
        self.assertIn("another key", self.page("3")[1])
        self.assertEqual(heed("log", "show", self.store, "4").returncode, 1)

    def test_text_and_json_stay(self):
        policy = self.folder / "small.heed"
        policy.write_text(OLD)
        identity, = self.log(policy, [case("a", delay="PT80H")])
        self.assertEqual(json.loads(heed("log", "show", self.store, identity, "--json").stdout)["id"], identity)
        self.assertEqual(heed("log", "show", self.store, identity, "--format", "json").stdout,
                         heed("log", "show", self.store, identity, "--json").stdout)
        both = heed("log", "show", self.store, identity, "--lang", "both").stdout
        self.assertIn("WHAT IS AT STAKE", both)
        self.assertIn("מה עומד על הפרק", both)


class Replay(Scratch):
    def setUp(self):
        super().setUp()
        self.old, self.new = self.folder / "old.heed", self.folder / "new.heed"
        self.old.write_text(OLD)
        self.new.write_text(NEW)
        self.ids = self.log(self.old, [case("a", delay="PT60H"), case("b", delay="PT1H"), case("c", tier="gold"),
                                       case("d", delay="PT70H", old_news="x"), case("e", delay="PT80H", tier="silver")])

    def replay(self, *words, policy=None, status=0):
        done = heed("log", "replay", self.store, "--policy", policy or self.new, *words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def replayed(self, *words, **how):
        text = self.replay("--format", "json", *words, **how).stdout
        found = json.loads(text)
        self.assertEqual([error.message for error in jsonschema.Draft202012Validator(REPLAY).iter_errors(found)], [])
        for comparison in found["comparisons"]:
            self.assertEqual([error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(comparison)], [])
        return found

    def test_says_what_would_change_for_whom_and_why(self):
        found = self.replayed()
        self.assertEqual((found["decisions"], found["compared"], found["changed"], found["same"]), (5, 4, 2, 2))
        self.assertEqual([(each["sequence"], each["id"], each["subject"]) for each in found["changes"]],
                         [(2, self.ids[0], "a"), (5, self.ids[3], "d")])
        comparison, = found["comparisons"]
        group, = comparison["groups"]
        self.assertEqual((group["rules"], [cause["name"] for cause in group["causes"]]), (["slow"], ["long"]))
        self.assertEqual(found["not_as_logged"], 0)

    def test_groups_what_the_policy_cannot_read_and_what_it_cannot_know(self):
        found = self.replayed()
        self.assertEqual(found["not_compared"], {"unreadable": 1, "dropped": 0, "without_policy": 0})
        refused, = found["unreadable"]
        self.assertIn("/facts/tier", refused["what"])
        self.assertEqual(refused["records"], [{"sequence": 4, "subject": "c"}])
        self.assertEqual([(each["what"], each["cases"]) for each in found["passed_over"]], [("/facts/old_news", 1)])
        self.assertEqual([(each["what"], each["cases"]) for each in found["short_history"]], [("contact", 4)])
        text = self.replay().stdout
        for part in ("decisions: 5", "would be others: 2", "would stay: 2", "CASES THAT THIS POLICY CANNOT READ", "/facts/old_news: 1 case: 5 (d)",
                     "cause: rule slow, because of parameter long (changed)", self.ids[3]):
            self.assertIn(part, text)

    def test_the_same_policy_changes_nothing_and_misses_nothing(self):
        found = self.replayed(policy=self.old)
        self.assertEqual((found["changed"], found["same"]), (0, 5))
        self.assertEqual([found[each] for each in ("unreadable", "passed_over", "short_history", "no_figures")], [[]] * 4)
        self.replay("--exit-code", policy=self.old)
        self.replay("--exit-code", status=1)

    def test_each_decision_is_compared_with_the_revision_that_decided_it(self):
        self.log(self.new, [case("a", delay="PT60H"), case("b", delay="PT1H")])
        found = self.replayed()
        self.assertEqual([(each["cases"], each["changed"]) for each in found["comparisons"]], [(4, 2), (2, 0)])
        revision = found["comparisons"][1]["old"]["revision"]
        self.assertEqual(self.replayed("--revision", revision)["decisions"], 2)

    def test_filters_are_those_of_list(self):
        self.assertEqual([each["subject"] for each in self.replayed("--subject", "d")["changes"]], ["d"])
        self.assertEqual(self.replayed("--need", "speed", "--need-state", "violated")["decisions"], 1)
        self.assertEqual(self.replayed("--rule", "slow")["decisions"], 1)
        self.assertIn("replay.no-decisions", self.replay("--from", "2027-01-01", status=2).stderr)
        self.assertIn("usage.time", self.replay("--from", "soon", status=2).stderr)
        self.assertIn("usage.need-state", self.replay("--need-state", "violated", status=2).stderr)

    def test_as_a_page_in_both_languages(self):
        for language, direction in (("en", "ltr"), ("he", "rtl")):
            file = self.folder / f"{language}.html"
            file.write_text(self.replay("--format", "html", "--lang", language).stdout)
            page = Page(file)
            self.assertEqual((page.root["lang"], page.root["dir"]), (language, direction))
            self.assertEqual(page.foreign, [])
            self.assertEqual([link for link in page.links if link.removeprefix("#") not in page.ids], [])

    def test_the_number_of_jobs_changes_nothing(self):
        cases = [path.read_text() for path in sorted(CASES.glob("*.json"))] * 30
        self.store = self.folder / "standard.sqlite"
        server = Server(self.store, POLICY)
        server.request("POST", "/v1/decisions", "\n".join(json.dumps(json.loads(each)) for each in cases), {"Content-Type": "application/x-ndjson"})
        server.stop()
        other = self.folder / "other"
        shutil.copytree(POLICY, other)
        hurts = other / "hurts.heed"
        hurts.write_text(re.sub("severity 4", "severity 5", hurts.read_text()))
        one, four = (self.replayed("--jobs", jobs, policy=other) for jobs in ("1", "4"))
        self.assertEqual(one, four)
        self.assertEqual((one["decisions"], one["not_as_logged"]), (len(cases), 0))
        self.assertGreater(one["changed"], 10)


class List(Scratch):
    def test_takes_the_filters_that_the_server_takes(self):
        policy = self.folder / "small.heed"
        policy.write_text(OLD)
        ids = self.log(policy, [case("a", delay="PT80H"), case("b"), case("c", delay="PT90H")])
        self.assertEqual(heed("log", "key", self.store, "--rotate").returncode, 0)

        def listed(*words):
            done = heed("log", "list", self.store, "--json", *words)
            self.assertEqual(done.returncode, 0, done.stderr)
            return [json.loads(line)["id"] for line in done.stdout.splitlines()]
        self.assertEqual(listed("--need", "speed", "--need-state", "violated"), [ids[2], ids[0]])
        self.assertEqual(listed("--need", "speed", "--need-state", "threatened"), [])
        self.assertEqual(listed("--kind", "decision", "--order", "oldest"), ids)
        self.assertEqual(len(listed("--kind", "key")), 1)
        self.assertEqual(listed("--by", "nobody"), [])
        self.assertEqual(listed("--by", "command-line"), listed("--kind", "key"))
        first = heed("log", "list", self.store, "--order", "oldest", "--limit", "2", "--json")
        cursor = first.stderr.split()[-1]
        self.assertEqual(listed("--order", "oldest", "--cursor", cursor)[0], ids[1])
        server = Server(self.store, policy)
        try:
            for query in ("kind=key", "by=command-line&kind=all"):
                records = server.request("GET", "/v1/decisions?" + query).json()["records"]
                self.assertEqual([each["kind"] for each in records], ["key"], query)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
