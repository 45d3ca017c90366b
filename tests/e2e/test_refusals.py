"""What is refused, and what the refusal says: policies that are none, queries, keys, media types, paths, times."""
import http.client
import json
import pathlib
import subprocess
import tempfile
import unittest

from support import CASES, HEED, POLICY, Server, heed, main, serving

SMALL = """policy small "Small"
  languages en
  zone "Asia/Jerusalem"

fact days is whole number
fact case.note is private text

need psychological order
action call_back

rule late
  when days >= 7
  then order is violated
       do call_back within 2 hours
"""
LATE = '{"subject": "c-1", "facts": {"days": 9}}'
NDJSON = {"Content-Type": "application/x-ndjson"}


class Scratch(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)
        self.policy = self.folder / "policy"
        self.policy.mkdir()
        (self.policy / "policy.heed").write_text(SMALL)
        self.store = self.folder / "heed.sqlite"

    def serve(self, *words, policy=None):
        server = Server(self.store, policy or self.policy, words)
        self.addCleanup(server.stop)
        return server

    def refused(self, answer, status, kind):
        self.assertEqual((answer.status, answer.json()["type"]), (status, "urn:heed:problem:" + kind), answer.body)
        return answer.json()["detail"]

    def files(self):
        return sorted(file.name for file in self.folder.iterdir())


class Times(Scratch):
    def test_a_time_that_the_zone_cannot_write_is_refused(self):
        server = self.serve()
        for at, status in (("9999-12-31T23:59:59Z", 422), ("9999-12-31T21:59:59Z", 200), ("0001-01-01", 422),
                           ("1850-01-01T00:00:00Z", 200)):
            answer = server.request("POST", "/v1/decisions", json.dumps({"at": at, "facts": {"days": 9}}))
            self.assertEqual(answer.status, status, (at, answer.body))
            if status == 422:
                self.assertEqual([error["code"] for error in answer.json()["errors"]], ["case.time"])
        self.assertEqual(answer.json()["at"], "1850-01-01T02:20:00+02:20")
        self.assertIn("beyond the years 1 to 9999", json.dumps(server.request(
            "POST", "/v1/decisions", '{"at": "9999-12-31T23:59:59Z"}').json()))

    def test_a_deadline_beyond_them_is_none_and_warned_of(self):
        case = '{"at": "9999-12-31T23:00:00+02:00", "facts": {"days": 9}}'
        decided = json.loads(heed("decide", "--policy", self.policy, "-", stdin=case).stdout)
        self.assertIsNone(decided["plan"][0]["due"])
        self.assertEqual(len(decided["warnings"]), 1, decided["warnings"])
        self.assertNotIn("0000-", json.dumps(decided))


if __name__ == "__main__":
    main()
