"""The airline's policy against an independent computation, reservation by reservation.

HEED names the program, HEED_SOURCE_DIR the repository. The reservations are not part of the project:
where they are absent (`../shared/data/airline`, or the folder that HEED_AIRLINE names), the tests that
need them are skipped, and say so.
"""
import collections
import datetime
import json
import os
import pathlib
import subprocess
import unittest

from support import HEED, ROOT, heed

POLICY = ROOT / "rules" / "airline"
FOLDER = pathlib.Path(os.environ.get("HEED_AIRLINE", ROOT.parent / "shared/data/airline"))
RESERVATIONS = FOLDER / "reservations.jsonl"
REASONS = ["health", "weather", "airline", "change_of_plan", "other"]
REQUESTS = [
    {"kind": "cancel"},
    *({"kind": "cancel", "reason": reason} for reason in REASONS),
    {"kind": "change_flight"},
    {"kind": "change_cabin"},
    {"kind": "change_passengers"},
    {"kind": "add_bags"},
    *({"kind": "add_bags", "bags": bags} for bags in (1, 2, 5)),
    {"kind": "compensation"},
    *({"kind": "compensation", "also": also} for also in ("cancel", "change_flight", "nothing")),
]



# --- The independent computation: plain Python over the line as the booking system sent it.

def statuses(line):
    return {leg["status"] for leg in line["reservation"]["legs"]}


def is_flown(line):
    return bool(statuses(line) & {"flying", "landed"})


def expected_of_cancelling(line, request):
    reservation = line["reservation"]
    if is_flown(line):
        return "handed over"
    age = (datetime.datetime.fromisoformat(line["now"]) -
           datetime.datetime.fromisoformat(reservation["created_at"]))
    if (age <= datetime.timedelta(hours=24) or "cancelled" in statuses(line)
            or reservation["cabin"] == "business"):
        return "granted"
    if reservation["insurance"] == "no":
        return "refused"
    reason = request.get("reason")
    if reason is None:
        return "asked"
    return "granted" if reason in ("health", "weather") else "refused"


def expected_of_bags(line, request):
    if "bags" not in request:
        return None
    reservation = line["reservation"]
    free_each = (["regular", "silver", "gold"].index(line["user"]["membership"]) +
                 ["basic_economy", "economy", "business"].index(reservation["cabin"]))
    free = free_each * len(reservation["passengers"])
    before = max(0, reservation["total_baggages"] - free)
    after = max(0, reservation["total_baggages"] + request["bags"] - free)
    return 50 * (after - before)


def expected_of_compensation(line, request):
    """What the certificate is worth: 0 for a refusal, nothing where a question is open."""
    reservation, travellers = line["reservation"], len(line["reservation"]["passengers"])
    if not (line["user"]["membership"] in ("silver", "gold") or reservation["insurance"] == "yes"
            or reservation["cabin"] == "business"):
        return 0
    if "cancelled" in statuses(line):
        return 100 * travellers
    if "delayed" not in statuses(line):
        return 0
    also = request.get("also")
    return None if also is None else 0 if also == "nothing" else 50 * travellers


def price_of(line):
    reservation, travellers = line["reservation"], len(line["reservation"]["passengers"])
    return (sum(leg["price"] for leg in reservation["legs"]) * travellers
            + 50 * reservation["nonfree_baggages"]
            + (30 * travellers if reservation["insurance"] == "yes" else 0))


# --- What a decision says.

def planned(decision, action):
    return [item["with"] for item in decision["plan"] if item["action"] == action]


def forbidden_by(decision, action):
    return [rule for item in decision["forbidden"] if item["action"] == action for rule in item["rules"]]


def asked(decision):
    return [question["fact"] for question in decision["questions"]]


def dollars(parameters):
    [with_] = parameters
    assert with_["amount"]["currency"] == "USD", with_
    return float(with_["amount"]["amount"])


@unittest.skipUnless(RESERVATIONS.exists(), f"no reservations at {RESERVATIONS.name}: set HEED_AIRLINE")
class Reservations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lines = [json.loads(line) for line in RESERVATIONS.read_text("utf-8").splitlines()]
        cls.cases = [(request, line) for request in REQUESTS for line in lines]
        stream = "".join(json.dumps({**line, "request": request}) + "\n" for request, line in cls.cases)
        run = subprocess.run([HEED, "decide", "--policy", POLICY, "--source", "reservation", "--lines", "-"],
                             input=stream, capture_output=True, text=True, timeout=900)
        assert run.returncode == 0, run.stderr[:2000]
        cls.decisions = [json.loads(line) for line in run.stdout.splitlines()]

    def of_kind(self, kind):
        for (request, line), decision in zip(self.cases, self.decisions, strict=True):
            if request["kind"] == kind:
                yield request, line, decision

    def test_every_line_is_decided_for_every_request(self):
        self.assertEqual(len(self.decisions), len(self.cases))
        for (_, line), decision in zip(self.cases, self.decisions):
            self.assertEqual(decision["subject"], line["user"]["id"])
            self.assertEqual(decision["warnings"], [])

    def test_cancelling(self):
        counts = collections.Counter()
        for request, line, decision in self.of_kind("cancel"):
            expected = expected_of_cancelling(line, request)
            counts[expected] += 1
            forbidden = forbidden_by(decision, "cancel_reservation")
            found = {
                "planned": len(planned(decision, "cancel_reservation")),
                "forbidden": [rule for rule in forbidden if rule != ""],
                "asked": asked(decision),
                "escalated": [it["to"] for it in decision["escalations"]],
            }
            self.assertEqual(found, {
                "planned": 1 if expected == "granted" else 0,
                "forbidden": ["cancel_refused"] if expected == "refused" else [],
                "asked": ["request.reason"] if expected == "asked" else [],
                "escalated": ["human_agent"] if expected == "handed over" else [],
            }, (line["reservation"]["id"], request))
        self.assertEqual(set(counts), {"granted", "refused", "asked", "handed over"})
        print("cancelling:", dict(counts))

    def test_changing(self):
        counts = collections.Counter()
        for kind, refuses in (
                ("change_flight", lambda line: line["reservation"]["cabin"] == "basic_economy"),
                ("change_cabin", is_flown),
                ("change_passengers", lambda line: False)):
            for _, line, decision in self.of_kind(kind):
                refused = refuses(line)
                counts[kind, refused] += 1
                self.assertEqual(
                    (len(planned(decision, "change_reservation")),
                     bool(forbidden_by(decision, "change_reservation"))),
                    (0, True) if refused else (1, False), (kind, line["reservation"]["id"]))
        print("changing:", dict(counts))

    def test_bags(self):
        counts = collections.Counter()
        for request, line, decision in self.of_kind("add_bags"):
            charge = expected_of_bags(line, request)
            counts["asked" if charge is None else "charged" if charge else "free"] += 1
            charged = planned(decision, "charge_bags")
            if charge is None:
                self.assertIn("request.bags", asked(decision))
                self.assertEqual(charged, [])
            else:
                self.assertEqual(dollars(charged) if charged else 0, charge, line["reservation"]["id"])
                self.assertEqual(planned(decision, "register_bags"), [{"bags": request["bags"]}])
        self.assertEqual(set(counts), {"asked", "charged", "free"})
        print("bags:", dict(counts))

    def test_compensation(self):
        counts = collections.Counter()
        for request, line, decision in self.of_kind("compensation"):
            worth = expected_of_compensation(line, request)
            counts["asked" if worth is None else worth] += 1
            issued = planned(decision, "issue_certificate")
            refused = forbidden_by(decision, "issue_certificate")
            if worth is None:
                self.assertEqual((issued, refused, asked(decision)), ([], [], ["request.also"]))
            elif worth == 0:
                self.assertEqual((issued, bool(refused)), ([], True), (line["reservation"]["id"], request))
            else:
                self.assertEqual((dollars(issued), refused), (worth, []), line["reservation"]["id"])
        self.assertGreater(len(counts), 3)
        print("compensation:", dict(counts))

    def test_the_price_formula_equals_the_payments(self):
        for (_, line), decision in zip(self.cases, self.decisions):
            paid = sum(payment["amount"] for payment in line["reservation"]["payments"])
            answers = {name: float(it["value"]["amount"]) for name, it in decision["answers"].items()
                       if name.startswith("reservation.")}
            self.assertEqual((price_of(line), answers), (
                paid, {"reservation.price": paid, "reservation.paid": paid}), line["reservation"]["id"])


class Policy(unittest.TestCase):
    def test_it_checks_without_a_word_and_passes_its_tests(self):
        checked = heed("check", POLICY)
        self.assertEqual((checked.returncode, checked.stderr), (0, ""))
        self.assertRegex(checked.stdout, r"\A(\d+ warnings? silenced\n)?\Z")
        tested = heed("test", POLICY)
        self.assertEqual(tested.returncode, 0, tested.stdout + tested.stderr)
        self.assertNotIn("not reached", tested.stdout)

    def test_it_is_in_the_canonical_shape(self):
        formatted = heed("fmt", "--check", POLICY)
        self.assertEqual((formatted.returncode, formatted.stdout), (0, ""), formatted.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=1)
