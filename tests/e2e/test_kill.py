"""kill -9 in the middle of load: every decision and event that was answered is in the store, none twice for one
Idempotency-Key, and the log holds. HEED_KILLS=200 is the long form."""
import http.client
import json
import os
import pathlib
import random
import signal
import sqlite3
import tempfile
import threading
import time
import unittest

from support import CASES, Server, heed, main

KILLS = int(os.environ.get("HEED_KILLS", "20"))
CASE = (CASES / "blamed-en.json").read_text()
EVENT = '{"subject": "c-1", "event": "broken_promise"}'


class Client:
    """Posts on one connection until the server is gone. What was under way is sent again, under the same key, when
    there is a server again: its client cannot know whether it was decided."""

    def __init__(self, name, path, body):
        self.name, self.path, self.body = name, path, body
        self.number, self.unknown = 0, None  # the key that was sent and not answered
        self.answered = {}  # id, by key
        self.again = 0  # keys that were sent again and had been decided before

    def post(self, connection, key):
        connection.request("POST", self.path, self.body, {"Content-Type": "application/json", "Idempotency-Key": key})
        response = connection.getresponse()
        answer = response.read()
        assert response.status == 200, answer
        self.answered[key] = json.loads(answer)["id"]
        self.unknown = None

    def load(self, port, ids):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            if self.unknown:
                key = self.unknown
                self.post(connection, key)
                self.again += self.answered[key] in ids
            while True:
                self.number += 1
                self.unknown = f"{self.name}-{self.number}"
                self.post(connection, self.unknown)
        except (OSError, http.client.HTTPException):
            pass


def stored(store):
    """What the store holds: keys and ids of records, ids of events by callers, ids of decisions that recorded one."""
    database = sqlite3.connect(store)
    try:
        records = dict(database.execute("SELECT id, key FROM records WHERE kind = 'decision'"))
        events = {row[0] for row in database.execute("SELECT id FROM events WHERE origin = 'caller'")}
        recorded = {row[0] for row in database.execute("SELECT substr(origin, 10) FROM events WHERE origin <> 'caller'")}
        gaps = database.execute("SELECT count(*) - coalesce(max(sequence), 0) FROM events").fetchone()[0]
        return records, events, recorded, gaps
    finally:
        database.close()


class Kill(unittest.TestCase):
    def test_every_answered_decision_is_in_the_log(self):
        seed = int(os.environ.get("HEED_SEED", "20261122"))
        chance = random.Random(seed)
        with tempfile.TemporaryDirectory() as folder:
            store = pathlib.Path(folder) / "heed.sqlite"
            clients = [Client(f"d{number}", "/v1/decisions", CASE) for number in range(3)]
            teller = Client("e", "/v1/events", EVENT)
            ids = set()
            for _ in range(KILLS):
                server = Server(store)
                threads = [threading.Thread(target=each.load, args=(server.port, ids)) for each in [*clients, teller]]
                for thread in threads:
                    thread.start()
                time.sleep(chance.uniform(0.02, 0.4))
                server.stop(signal.SIGKILL)
                for thread in threads:
                    thread.join(30)
                records, events, recorded, gaps = stored(store)
                ids = {*records, *events}
                self.assertEqual(len(set(records.values())), len(records), "a key stands for two decisions")
                for client in clients:
                    wrong = {key: one for key, one in client.answered.items() if records.get(one) != key}
                    self.assertEqual(wrong, {}, "answered, but not in the log under its key")
                self.assertEqual(set(teller.answered.values()) - events, set())
                # Those that rules recorded stand or fall with their decisions.
                self.assertEqual((recorded, gaps), (set(records), 0))
            verified = heed("log", "verify", store)
            self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
            answered = sum(len(each.answered) for each in clients)
            again = sum(each.again for each in [*clients, teller])
            self.assertGreater(answered, KILLS)
            print(f"seed {seed}: {KILLS} kills, {answered} decisions answered, {len(records)} in the log, {len(events)} "
                  f"events; {again} answers were lost by a kill and given again for their keys")


if __name__ == "__main__":
    main()
