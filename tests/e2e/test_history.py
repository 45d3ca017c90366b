"""History: events that are sent and recorded, what decisions make of them, and the view of a customer."""
import json
import pathlib
import sqlite3
import tempfile
import unittest

from support import Server, heed, main

POLICY = """policy callers "What happened before"
  zone "Asia/Jerusalem"

event contact
  channel is one of phone, web
event fault
  product is text

fact case.product is text
need psychological security
action call_back
action stop_selling

rule often_on_the_phone
  when count of contact in last 7 days where (channel is phone) >= 2
  then do call_back
       record contact channel web
rule not_only_this_one
  when count of fault in last 30 days across customers where (product is case.product) >= 2
  then do stop_selling
       record fault product case.product
"""
NOW = "2026-11-22T10:00:00+02:00"


def event(subject, name, at, **fields):
    return json.dumps({"subject": subject, "event": name, "at": at, **fields})


def actions(answer):
    return [item["action"] for item in answer.json()["plan"]]


class History(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.policy = pathlib.Path(self.folder.name) / "policy"
        self.policy.mkdir()
        (self.policy / "policy.heed").write_text(POLICY)
        self.server = Server(pathlib.Path(self.folder.name) / "heed.sqlite", self.policy)

    def tearDown(self):
        self.server.stop()
        verified = heed("log", "verify", self.server.store)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        self.folder.cleanup()

    def send(self, *words, **fields):
        answer = self.server.request("POST", "/v1/events", event(*words, **fields))
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def decide(self, subject, path="/v1/decisions", **members):
        answer = self.server.request("POST", path, json.dumps({"at": NOW, "subject": subject, **members}))
        self.assertEqual(answer.status, 200, answer.body)
        return answer

    def test_decisions_count_what_the_store_has_of_the_subject(self):
        for subject, at in [("c-1", "2026-11-21"), ("c-1", "2026-11-20"), ("c-1", "2026-11-01"), ("c-2", "2026-11-21")]:
            self.send(subject, "contact", at, channel="phone")
        self.assertEqual(actions(self.decide("c-1")), ["call_back"])
        self.assertEqual(actions(self.decide("c-2")), [])
        self.assertEqual(actions(self.decide("c-1", "/v1/preview")), ["call_back"])
        # A history of its own takes the store's place, also an empty one.
        self.assertEqual(actions(self.decide("c-1", history=[])), [])
        self.assertEqual(actions(self.decide("c-1", history=None)), ["call_back"])

    def test_a_record_holds_what_was_used_and_is_decided_again_without_the_store(self):
        for at in ("2026-11-21", "2026-11-20"):
            self.send("c-1", "contact", at, channel="phone")
        self.send("c-2", "fault", "2026-11-15", product="kettle")
        self.send("c-3", "fault", "2026-11-16", product="kettle")
        self.send("c-3", "fault", "2026-11-16", product="toaster")
        decided = self.decide("c-1", facts={"case.product": "kettle"}).json()
        self.assertEqual([item["action"] for item in decided["plan"]], ["call_back", "stop_selling"])
        record = self.server.request("GET", "/v1/decisions/" + decided["id"]).json()
        self.assertEqual([each["event"] for each in record["case"]["history"]], ["contact", "contact"])
        self.assertEqual(list(record["case"]["figures"].values()), [{"surely": 2, "possibly": 2}])
        again = heed("decide", "--policy", self.policy, stdin=json.dumps(record["case"]))
        decided.pop("id")
        self.assertEqual(json.loads(again.stdout), decided)
        # What comes later changes nothing that was decided: tearDown verifies the log.
        self.send("c-4", "fault", "2026-11-17", product="kettle")

    def test_what_is_not_known_of_the_case_is_asked_for(self):
        self.send("c-2", "fault", "2026-11-15", product="kettle")
        self.send("c-3", "fault", "2026-11-16", product="toaster")
        decision = self.decide("c-1").json()
        self.assertEqual([each["fact"] for each in decision["questions"]], ["case.product"])

    def test_the_command_counts_the_history_that_is_given(self):
        history = [{"event": "fault", "at": "2026-11-15", "product": "kettle"}] * 2
        case = {"at": NOW, "facts": {"case.product": "kettle"}, "history": history}
        decided = heed("decide", "--policy", self.policy, stdin=json.dumps(case))
        self.assertEqual([item["action"] for item in json.loads(decided.stdout)["plan"]], ["stop_selling"])

    def test_what_rules_record_is_kept_with_the_decision(self):
        for at in ("2026-11-21", "2026-11-20"):
            self.send("c-1", "contact", at, channel="phone")
        decided = self.decide("c-1").json()
        headers = {"Idempotency-Key": "k"}
        for _ in range(2):
            self.server.request("POST", "/v1/decisions", json.dumps({"at": NOW, "subject": "c-1"}), headers)
        self.decide("c-1", "/v1/preview")
        database = sqlite3.connect(self.server.store)
        rows = database.execute("SELECT origin, subject, fields FROM events WHERE origin <> 'caller'").fetchall()
        database.close()
        self.assertEqual(len(rows), 2)
        self.assertEqual(rows[0], ("decision:" + decided["id"], "c-1", '{"channel":"web"}'))

    def restart(self):
        self.server.stop()
        self.server = Server(self.server.store, self.policy)

    def insert(self, rows):
        """Puts events straight into the store, where a test needs very many: (subject, event, seconds before NOW, fields)."""
        self.server.stop()
        now_us = 1_795_334_400_000_000
        database = sqlite3.connect(self.server.store)
        database.executemany(
            "INSERT INTO events (id, event, subject, at, recorded_at, fields, origin) VALUES (?, ?, ?, ?, ?, ?, 'caller')",
            ((f"{number:08x}-0000-7000-8000-000000000000", event, subject, now_us - 1_000_000 * ago, now_us, fields)
             for number, (subject, event, ago, fields) in enumerate(rows)))
        database.commit()
        database.close()
        self.server = Server(self.server.store, self.policy)

    def test_what_one_decision_records_the_next_one_counts(self):
        """Also after a restart; each of them is decided again to the same bytes from its record alone."""
        self.send("c-2", "fault", "2026-11-15", product="kettle")
        self.send("c-3", "fault", "2026-11-16", product="kettle")
        case = {"facts": {"case.product": "kettle"}}
        counted = []
        for _ in range(2):
            decided = self.decide("c-1", **case).json()
            self.restart()
            record = self.server.request("GET", "/v1/decisions/" + decided["id"]).json()
            counted.append(list(record["case"]["figures"].values()))
            again = heed("decide", "--policy", self.policy, stdin=json.dumps(record["case"]))
            first = {name: value for name, value in decided.items() if name != "id"}
            self.assertEqual(again.stdout.strip(), json.dumps(first, separators=(",", ":"), ensure_ascii=False))
        self.assertEqual(counted, [[{"surely": 2, "possibly": 2}], [{"surely": 3, "possibly": 3}]])
        self.assertEqual([event["event"] for event in record["case"]["history"]], ["fault"])

    def test_a_case_of_nobody_counts_everyone_and_has_no_history(self):
        for at in ("2026-11-21", "2026-11-20"):
            self.send("c-1", "contact", at, channel="phone")
            self.send("c-1", "fault", at, product="kettle")
        body = json.dumps({"at": NOW, "facts": {"case.product": "kettle"}})
        answer = self.server.request("POST", "/v1/decisions", body)
        self.assertEqual(actions(answer), ["stop_selling"])
        record = self.server.request("GET", "/v1/decisions/" + answer.json()["id"]).json()
        self.assertEqual(record["case"]["history"], [])
        # What its rules recorded is nobody's, and counts across customers.
        self.assertEqual([entry["kind"] for entry in self.server.request("GET", "/v1/subjects/c-1").json()["entries"]],
                         ["event"] * 4)
        decided = self.decide("c-9", facts={"case.product": "kettle"}).json()
        record = self.server.request("GET", "/v1/decisions/" + decided["id"]).json()
        self.assertEqual(list(record["case"]["figures"].values()), [{"surely": 3, "possibly": 3}])

    def test_events_after_now_and_at_the_edge_of_the_window(self):
        for at in ("2026-11-22T10:00:01+02:00", "2026-11-15T10:00:00+02:00", "2026-11-15T10:00:01+02:00"):
            self.send("c-1", "contact", at, channel="phone")
        self.assertEqual(actions(self.decide("c-1")), [])
        self.send("c-1", "contact", NOW, channel="phone")
        self.assertEqual(actions(self.decide("c-1")), ["call_back"])

    def test_more_events_across_customers_than_are_looked_at_leave_the_count_open(self):
        self.insert([(f"c-{number % 500}", "fault", 1 + number, '{"product":"toaster"}') for number in range(100_000)])
        kettle = self.decide("c-1000", facts={"case.product": "kettle"}).json()
        self.assertEqual((kettle["rules"]["fired"], kettle["rules"]["pending"]), ([], []))
        self.insert_one_more()
        # The store leaves out what says another product, so kettles are still known.
        self.assertEqual(self.decide("c-1000", facts={"case.product": "kettle"}).json()["rules"]["pending"], [])
        toaster = self.decide("c-1000", facts={"case.product": "toaster"}).json()
        record = self.server.request("GET", "/v1/decisions/" + toaster["id"]).json()
        self.assertEqual(list(record["case"]["figures"].values()), [{"surely": 100_000, "possibly": None}])
        self.assertEqual(toaster["rules"]["fired"], ["not_only_this_one"])
        again = heed("decide", "--policy", self.policy, stdin=json.dumps(record["case"]))
        self.assertEqual(json.loads(again.stdout), {name: value for name, value in toaster.items() if name != "id"})

    def insert_one_more(self):
        self.send("c-500", "fault", "2026-11-22", product="toaster")

    def test_the_latest_of_very_many_own_events_count(self):
        self.insert([("c-1", "contact", 60 + number, '{"channel":"web"}') for number in range(10_000)])
        self.send("c-1", "contact", "2026-11-16", channel="phone")
        self.send("c-1", "contact", "2026-11-16", channel="phone")
        # Ten thousand later ones leave no room for the two calls.
        self.assertEqual(actions(self.decide("c-1")), [])
        for _ in range(2):
            self.send("c-1", "contact", NOW, channel="phone")
        self.assertEqual(actions(self.decide("c-1")), ["call_back"])

    def test_a_view_shows_a_customer_in_pages(self):
        for at in ("2026-11-21", "2026-11-20"):
            self.send("c/1 é", "contact", at, channel="phone")
        self.decide("c/1 é")
        self.decide("c-2")
        path = "/v1/subjects/c%2F1%20%C3%A9"
        view = self.server.request("GET", path).json()
        self.assertEqual(view["subject"], "c/1 é")
        self.assertEqual([each["kind"] for each in view["entries"]], ["event", "decision", "event", "event"])
        self.assertEqual(view["entries"][3]["fields"], {"channel": "phone"})
        self.assertIsNone(view["next"])
        shown, cursor = [], ""
        while cursor is not None:
            page = self.server.request("GET", f"{path}?limit=1" + (f"&cursor={cursor}" if cursor else "")).json()
            shown += page["entries"]
            cursor = page["next"]
        self.assertEqual(shown, view["entries"])
        self.assertEqual(self.server.request("GET", "/v1/subjects/nobody").json()["entries"], [])
        for wrong in ("limit=0", "cursor=x", "order=newest"):
            self.assertEqual(self.server.request("GET", f"{path}?{wrong}").status, 400, wrong)

    def test_a_key_gives_the_first_answer_again(self):
        headers = {"Idempotency-Key": "call-17"}
        body = event("c-1", "contact", "2026-11-21", channel="phone")
        first = self.server.request("POST", "/v1/events", body, headers)
        again = self.server.request("POST", "/v1/events", body, headers)
        self.assertEqual((first.status, first.body), (again.status, again.body))
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        other = self.server.request("POST", "/v1/events", event("c-2", "contact", "2026-11-21"), headers)
        self.assertEqual((other.status, other.json()["type"]), (422, "urn:heed:problem:key-reused"))

    def test_a_batch_is_answered_line_by_line(self):
        lines = [event("c-1", "contact", "2026-11-21", channel="phone"), "{", "", event("c-1", "no_such", "2026-11-21"),
                 event("c-1", "fault", "2026-11-21", size=3)]
        headers = {"Content-Type": "application/x-ndjson", "Idempotency-Key": "batch"}
        first = self.server.request("POST", "/v1/events", "\n".join(lines), headers)
        answers = [json.loads(line) for line in first.body.splitlines()]
        self.assertEqual([each.get("status", 0) for each in answers], [0, 400, 422, 0])
        self.assertEqual(answers[2]["errors"][0]["pointer"], "/event")
        self.assertEqual(answers[3]["ignored"], ["/size"])
        again = self.server.request("POST", "/v1/events", "\n".join(lines), headers)
        self.assertEqual(first.body, again.body)

    def test_mistakes_are_told_by_pointer(self):
        body = json.dumps({"subject": 3, "event": "contact", "channel": "fax", "at": "noon"})
        answer = self.server.request("POST", "/v1/events", body)
        self.assertEqual((answer.status, answer.json()["type"]), (422, "urn:heed:problem:event"), answer.body)
        pointers = sorted(each["pointer"] for each in answer.json()["errors"])
        self.assertEqual(pointers, ["/at", "/channel", "/subject"])
        self.assertEqual(self.server.request("POST", "/v1/events", "[").status, 400)
        self.assertEqual(self.server.request("GET", "/v1/events").status, 405)


if __name__ == "__main__":
    main()
