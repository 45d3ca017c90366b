"""Texts with slots, tables from CSV files, and decisions as of a day, as they reach a user."""
import json
import pathlib
import tempfile
import unittest

from support import heed, main

POLICY = """policy fees "Fees"
  languages en, he
  zone "Asia/Jerusalem"

fact customer.name is private text
fact customer.tier is one of standard < silver < gold

action charge
  takes amount is money, largest

table fee gives money
  from "fee.csv"
  hit unique

script what_it_costs
  en "{customer.name | otherwise Hello}: {fee} until {today}."
  he "{customer.name | otherwise שלום}: {fee} עד {today}."

rule charge_a_fee
  when customer.tier is known
  then do charge amount fee
       say what_it_costs

rule in_october
  from 2026-10-01
  until 2026-10-31
  then say en "It is October."  he "אוקטובר הגיע."

test "gold costs nothing"
  given customer.tier is gold
  expect fee is 0 ILS
"""
FEES = "\ufeffcustomer.tier;fee\r\ngold;0 ILS\r\nsilver or standard;\"20 ILS\"\r\n;;\r\n"
CASE = {"at": "2026-05-01T10:00:00+03:00", "facts": {"customer": {"tier": "silver"}}}


class Scratch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "policy.heed").write_text(POLICY, "utf-8")
        self.fees(FEES)
        self.case = self.folder / "case.json"
        self.case.write_text(json.dumps(CASE))

    def fees(self, text):
        (self.folder / "fee.csv").write_bytes(text.encode("utf-8"))

    def decide(self, *arguments, policy=None):
        decided = heed("decide", "--policy", policy or self.folder, *arguments, self.case)
        self.assertEqual(decided.returncode, 0, decided.stderr)
        return json.loads(decided.stdout)

    def fired(self, at):
        return self.decide("--at", at)["rules"]["fired"]


class Tables(Scratch):
    def test_a_file_of_a_spreadsheet_decides(self):
        checked = heed("check", self.folder)
        self.assertEqual((checked.returncode, checked.stdout), (0, ""))
        self.assertEqual(self.decide()["plan"][0]["with"],
                         {"amount": {"amount": "20.00", "currency": "ILS"}})
        self.assertEqual(heed("test", self.folder).returncode, 0)

    def test_it_is_part_of_the_revision_and_formatting_leaves_it(self):
        before = self.decide()["policy"]["revision"]
        self.assertIn(heed("fmt", self.folder).returncode, (0, 1))
        self.assertEqual((self.folder / "fee.csv").read_bytes().decode("utf-8"), FEES)
        self.fees(FEES.replace("20", "30"))
        self.assertNotEqual(self.decide()["policy"]["revision"], before)

    def test_a_policy_of_one_file_brings_the_tables_that_it_names(self):
        (self.folder / "other.csv").write_text("not named by any table")
        decided = self.decide(policy=self.folder / "policy.heed")
        self.assertEqual(decided["plan"][0]["with"]["amount"]["amount"], "20.00")
        self.fees(FEES.replace("gold", "golf"))
        found = heed("check", self.folder / "policy.heed")
        self.assertIn(f"{self.folder}/fee.csv:2:1: error[check.unknown-value]", found.stdout)

    def test_mistakes_stand_at_their_cell_and_what_is_not_named_is_a_warning(self):
        self.fees(FEES.replace("20 ILS", "₪20"))
        (self.folder / "other.csv").write_text("a,b\n")
        found = heed("check", self.folder)
        self.assertEqual(found.returncode, 1)
        self.assertIn("fee.csv:3:21: error[sheet.currency]", found.stdout)
        self.assertIn("other.csv:1:1: warning[check.unused-file]", found.stdout)


class Texts(Scratch):
    def test_a_text_says_what_is_known_and_nobody_reads_null(self):
        decision = self.decide()
        said = decision["say"][0]
        self.assertEqual(said["script"], "what_it_costs")
        self.assertEqual(said["text"], {"en": "Hello: ₪20.00 until May 1, 2026.",
                                        "he": "שלום: \u200f20.00\u00a0\u200f₪ עד 1 במאי 2026."})
        self.assertEqual([q["fact"] for q in decision["questions"]], ["customer.name"])
        self.assertIn("say:what_it_costs", decision["questions"][0]["could_change"])
        text = heed("decide", "--policy", self.folder, "--text", self.case).stdout
        self.assertIn("Hello: ₪20.00 until May 1, 2026.", text)


class AsOf(Scratch):
    def test_a_day_is_its_beginning_in_the_policys_zone_and_both_ends_count(self):
        self.assertNotIn("in_october", self.decide()["rules"]["fired"])
        for at, holds in [("2026-09-30", False), ("2026-09-30T23:59:59", False), ("2026-10-01", True),
                          ("2026-09-30T21:00:00Z", True), ("2026-10-31T23:59:59", True),
                          ("2026-10-31T22:00:00Z", False), ("2026-11-01", False)]:
            with self.subTest(at=at):
                self.assertEqual("in_october" in self.fired(at), holds)
        self.assertEqual(self.decide("--at", "2026-10-01")["at"], "2026-10-01T00:00:00+03:00")

    def test_explaining_takes_the_same(self):
        args = ["explain", "--policy", self.folder, "--rule", "in_october", "--json"]
        for at, status in [("2026-10-01", "fired"), ("2026-11-01", "out_of_its_days")]:
            explained = heed(*args, "--at", at, self.case)
            self.assertEqual(explained.returncode, 0, explained.stderr)
            rules = {rule["rule"]: rule for rule in json.loads(explained.stdout)["explanation"]}
            self.assertEqual(rules["in_october"]["status"], status)
            self.assertEqual(rules["charge_a_fee"]["waits_for"], ["customer.name"])


if __name__ == "__main__":
    main()
