"""kill -9 in the middle of load: every decision and event that was answered is in the store, and the log holds."""
import http.client
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

KILLS = int(os.environ.get("HEED_KILLS", "50"))
CASE = (CASES / "blamed-en.json").read_text()


EVENT = '{"subject": "c-1", "event": "broken_promise"}'


def load(port, path, body, answered):
    """Posts on one connection until the server is gone, noting what was answered."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while True:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer = response.read()
            if response.status == 200:
                answered.append(answer[7:43].decode())  # {"id":"…
    except (OSError, http.client.HTTPException):
        pass


class Kill(unittest.TestCase):
    def test_every_answered_decision_is_in_the_log(self):
        chance = random.Random(20261122)
        with tempfile.TemporaryDirectory() as folder:
            store = pathlib.Path(folder) / "heed.sqlite"
            answered, events = [], []
            loads = [("/v1/decisions", CASE, answered)] * 3 + [("/v1/events", EVENT, events)]
            for _ in range(KILLS):
                server = Server(store)
                threads = [threading.Thread(target=load, args=(server.port, *each)) for each in loads]
                for thread in threads:
                    thread.start()
                time.sleep(chance.uniform(0.02, 0.4))
                server.stop(signal.SIGKILL)
                for thread in threads:
                    thread.join(30)
                database = sqlite3.connect(store)
                logged = {row[0] for row in database.execute("SELECT id FROM records WHERE kind = 'decision'")}
                kept = {row[0] for row in database.execute("SELECT id FROM events")}
                # Those that rules recorded stand or fall with their decisions.
                recorded = {row[0] for row in database.execute("SELECT substr(origin, 10) FROM events WHERE origin <> 'caller'")}
                count, last = database.execute("SELECT count(*), coalesce(max(sequence), 0) FROM events").fetchone()
                database.close()
                self.assertEqual([each for each in answered if each not in logged], [])
                self.assertEqual([each for each in events if each not in kept], [])
                self.assertEqual(recorded, logged)
                self.assertEqual(count, last)
            verified = heed("log", "verify", store)
            self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
            self.assertGreater(len(answered), KILLS)
            self.assertGreater(len(events), KILLS)
            print(f"{KILLS} kills, {len(answered)} decisions answered, {len(logged)} in the log, {len(events)} events")


if __name__ == "__main__":
    main()
