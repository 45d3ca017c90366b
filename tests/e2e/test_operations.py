"""What operators and clients see around decisions: names of requests, lines of the log, metrics, fair shares, limits."""
import http.client
import json
import pathlib
import re
import signal
import socket
import sqlite3
import ssl
import tempfile
import threading
import time
import unittest

from support import CASES, POLICY, ROOT, Server, heed, main
from test_tls import make_pair

CASE = (CASES / "blamed-he.json").read_bytes()
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"
DOCS = ROOT / "docs/operator"


class Operations(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.tokens = self.folder / "tokens.json"

    def serve(self, *words, policy=POLICY, env=None):
        server = Server(self.folder / "heed.sqlite", policy, words, env=env)
        self.addCleanup(server.stop)
        return server

    def token(self, name, *roles):
        words = [word for role in roles for word in ("--role", role)]
        return heed("token", "add", name, "--tokens", self.tokens, *words).stdout.strip()

    def figures(self, server, headers=None):
        text = server.request("GET", "/metrics", headers=headers).body.decode()
        return {name: float(value) for name, value in
                (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))}


class Names(Operations):
    def test_a_request_keeps_its_name_from_the_client_to_the_answer_the_log_and_the_record(self):
        token = self.token("crm", "caller", "auditor")
        server = self.serve("--tokens", self.tokens, "--log-format", "json", "--log-level", "debug")
        headers = {"Authorization": "Bearer " + token, "X-Request-Id": "order-17", "traceparent": PARENT,
                   "tracestate": "vendor=1"}
        answer = server.request("POST", "/v1/decisions", CASE, headers)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.headers["X-Request-Id"], "order-17")
        self.assertRegex(answer.headers["traceresponse"], f"^00-{TRACE}-[0-9a-f]{{16}}-01$")
        self.assertNotIn("tracestate", {name.lower() for name in answer.headers})
        record = server.request("GET", "/v1/decisions/" + answer.json()["id"], headers=headers).json()
        self.assertEqual(record["trace"], TRACE)
        server.wait_for("order-17")
        line = next(json.loads(line) for line in server.said().splitlines() if "order-17" in line)
        self.assertEqual([line[name] for name in ("event", "request", "trace", "route", "status", "token")],
                         ["request", "order-17", TRACE, "/v1/decisions", 200, token.split("_")[1][:12]])
        self.assertGreater(line["taken_us"], 0)

    def test_garbage_is_passed_over_and_a_name_is_made(self):
        server = self.serve()
        names = set()
        for name, parent in [("a b", "00-" + TRACE), ("x" * 129, PARENT.upper()), ('"', PARENT + "-"), ("", "")]:
            answer = server.request("GET", "/v1/nothing", headers={"X-Request-Id": name, "traceparent": parent})
            made = answer.headers["X-Request-Id"]
            self.assertRegex(made, "^[0-9a-f]{32}$")
            self.assertEqual(answer.json()["instance"], "urn:heed:request:" + made)
            self.assertNotIn("traceresponse", answer.headers)
            names.add(made)
        self.assertEqual(len(names), 4)

    def test_every_refusal_of_a_case_says_which_request_it_was(self):
        server = self.serve()
        for body, status in [("{", 400), ('{"at": "noon"}', 422), ('"' + "x" * (1 << 20) + '"', 413)]:
            answer = server.request("POST", "/v1/decisions", body, {"X-Request-Id": "case/4"})
            self.assertEqual(answer.status, status)
            self.assertEqual(answer.json()["instance"], "urn:heed:request:case/4")
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(answer.headers["Cache-Control"], "no-store")


class Lines(Operations):
    SECRETS = ["סוד-של-לקוח", "c-4711-secret", "secret-query", "secret-path", "not my fault"]

    def chaos(self, server, token, ended):
        bodies = [json.dumps({"subject": self.SECRETS[1], "facts": {"agent": {"message": text}}}, ensure_ascii=False)
                  for text in self.SECRETS] + ["{", '{"at": "\x01"}', "[]", "\x00\xff"]
        number = 0
        while not ended.is_set():
            number += 1
            headers = {"Authorization": f"Bearer {token if number % 3 else 'heed_' + 'ab' * 30}", "Content-Type":
                       "application/json", "X-Request-Id": ["good-1", "bad one", "א", "x\x7f"][number % 4].encode(),
                       "traceparent": [PARENT, "garbage"][number % 2]}
            path = ["/v1/decisions", "/v1/decisions?source=secret-query", "/v1/decisions/secret-path",
                    "/%d7%90%0a%1b[31m", "/v1/subjects/%D7%A1%D7%95%D7%93"][number % 5]
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            try:
                connection.request("POST", path, bodies[number % len(bodies)].encode("utf-8", "surrogatepass"), headers)
                connection.getresponse().read()
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            with socket.create_connection(("127.0.0.1", server.port)) as raw:
                raw.sendall(b"G\xffT /\x1b[31m\r\nX: \x00\r\n\r\n")
                raw.shutdown(socket.SHUT_WR)
                raw.recv(4096)

    def test_every_line_is_json_while_chaos_goes_on_and_tells_no_secret(self):
        policy = self.folder / "policy"
        heed("new", policy)
        text = (policy / "policy.heed").read_text()
        token = self.token("מוקד", "caller")
        server = self.serve("--tokens", self.tokens, "--log-format", "json", "--log-level", "debug", policy=policy)
        ended = threading.Event()
        threads = [threading.Thread(target=self.chaos, args=(server, token, ended)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for change in ('\nrule r\n  when "שלום\t\x01" is "א\u202e"\n', "\nscore effort from 0 to 10\n"):
            time.sleep(0.6)
            (policy / "policy.heed").write_text(text + change)
            server.process.send_signal(signal.SIGHUP)
        self.token("עוד", "caller")
        server.wait_for("policy_loaded")
        server.wait_for("tokens_loaded")
        ended.set()
        for thread in threads:
            thread.join(30)
        server.stop()
        lines = [json.loads(line) for line in server.said().splitlines()]
        named = set(re.findall(r"`(\w+)`", (DOCS / "logs.md").read_text()))
        for line in lines:
            self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
            self.assertIn(line["level"], ("debug", "info", "warning", "error"))
            self.assertIn(line["event"], named)
            self.assertTrue(line["message"])
        events = {line["event"] for line in lines}
        self.assertLessEqual({"started", "listening", "request", "token_refused", "policy_kept", "policy_loaded",
                              "tokens_loaded", "left_out", "stopping", "stopped"}, events)
        kept = next(line for line in lines if line["event"] == "policy_kept")
        self.assertIn("policy.heed:", kept["message"])
        requests = [line for line in lines if line["event"] == "request"]
        self.assertGreater(len(requests), 50)
        self.assertLessEqual({line.get("route") for line in requests},
                             {None, "/v1/decisions", "/v1/decisions/{id}", "/v1/subjects/{subject}"})
        said = server.said()
        for secret in [*self.SECRETS, "ab" * 30, token, token.split("_", 1)[1][13:], "%D7", "[31m"]:
            self.assertNotIn(secret, said)

    def test_text_is_for_people_and_has_a_line_an_event(self):
        server = self.serve("--log-level", "debug")
        server.request("GET", "/v1/%0a%1bx")
        server.wait_for("status=400")
        for line in server.said().splitlines():
            self.assertRegex(line, r"^\d{4}-\d\d-\d\dT[\d:.]{12}Z (debug|info) \w+: \w")

    def test_a_slow_request_is_told(self):
        server = self.serve("--slow-ms", "1", "--log-format", "json")
        line = json.dumps(json.loads(CASE))
        for _ in range(50):
            server.request("POST", "/v1/decisions", "\n".join([line] * 300), {"Content-Type": "application/x-ndjson"})
            server.request("POST", "/v1/decisions?explain=full", CASE)
            if "request_slow" in server.said():
                return
        self.fail("nothing was slow: " + server.said())


class Figures(Operations):
    def documented(self):
        rows = [line.split("|") for line in (DOCS / "metrics.md").read_text().splitlines()
                if re.match(r"\| `(heed|process)_", line)]
        table = {}
        for row in rows:
            for name, labels in re.findall(r"`(\w+?)(?:\{([\w,]+)\})?`", row[1]):
                table[name] = (row[2].strip(), set(labels.split(",")) if labels else set())
        return table

    def test_each_metric_has_its_line_in_the_documents_and_each_line_its_metric(self):
        certificate, key = make_pair(self.folder, "used")
        token = self.token("crm", "caller")
        server = Server(self.folder / "heed.sqlite", words=["--tokens", self.tokens, "--tls-cert", certificate,
                                                           "--tls-key", key])
        self.addCleanup(server.stop)
        connection = http.client.HTTPSConnection("localhost", server.port,
                                                 context=ssl.create_default_context(cafile=certificate))
        for path in ("/healthz", "/metrics"):
            connection.request("GET", path, headers={"Authorization": "Bearer " + token})
            text = connection.getresponse().read().decode()
        connection.close()
        found, labels = {}, {}
        for line in text.splitlines():
            if line.startswith("# TYPE"):
                _, _, name, kind = line.split()
                found[name] = kind
            elif not line.startswith("#"):
                name, told = re.match(r"(\w+)(?:\{(.*)\})? ", line).groups()
                base = re.sub(r"_(bucket|sum|count)$", "", name)
                base = base if found.get(base) == "histogram" else name
                labels.setdefault(base, set()).update(re.findall(r'(\w+)="', told or ""))
                labels[base].discard("le")
        table = self.documented()
        self.assertEqual({name: kind for name, (kind, _) in table.items()}, found)
        self.assertEqual({name: told for name, (_, told) in table.items()}, {name: labels[name] for name in found})
        for name, kind in found.items():
            self.assertEqual(name.endswith("_total"), kind == "counter", name)

    def test_the_alert_rules_name_metrics_that_are_there_and_each_is_explained(self):
        text = (ROOT / "tools/prometheus/heed.rules.yml").read_text()
        alerts = re.split(r"^      - alert: ", text, flags=re.M)
        self.assertRegex(alerts[0], r"(?s)^#.*\ngroups:\n  - name: heed\n    rules:\n$")
        names = set(self.documented())
        explained = set(re.findall(r"^\| `(Heed\w+)`", (DOCS / "metrics.md").read_text(), re.M))
        self.assertEqual({alert.split("\n", 1)[0] for alert in alerts[1:]}, explained)
        for alert in alerts[1:]:
            shape = (r'Heed\w+\n        expr: (.+)\n(?:        for: \d+m\n)?        labels: \{severity: (?:page|ticket)\}\n'
                     r'        annotations:\n          summary: ".+"\n')
            expression = re.fullmatch(shape, alert)
            self.assertTrue(expression, alert)
            self.assertEqual(expression[1].count("("), expression[1].count(")"))
            for name in re.findall(r"(?:heed|process)_\w+", expression[1]):
                self.assertIn(re.sub(r"_bucket$", "", name), names)

    def test_what_is_refused_is_counted(self):
        crm, audit = self.token("crm", "caller"), self.token("audit", "auditor")
        server = self.serve("--tokens", self.tokens, "--client-rate", "0.01", "--client-burst", "3")
        as_crm, as_audit = ({"Authorization": "Bearer " + token} for token in (crm, audit))
        statuses = [server.request("POST", "/v1/decisions", CASE, as_crm).status for _ in range(5)]
        self.assertEqual(statuses, [200, 200, 200, 429, 429])
        refused = server.request("POST", "/v1/decisions", CASE, as_crm)
        self.assertEqual(refused.json()["type"], "urn:heed:problem:client-rate")
        self.assertGreater(int(refused.headers["Retry-After"]), 50)
        self.assertEqual(server.request("GET", "/readyz", headers=as_crm).status, 200)
        self.assertEqual(server.request("POST", "/v1/decisions", CASE, as_audit).status, 403)
        self.assertEqual(server.request("POST", "/v1/decisions", CASE).status, 401)
        figures = self.figures(server, as_audit)
        self.assertEqual(figures['heed_http_over_limit_total{limit="client_rate"}'], 3)
        self.assertEqual(figures['heed_tokens_refused_total{reason="not_allowed"}'], 1)
        self.assertEqual(figures['heed_tokens_refused_total{reason="no_token"}'], 1)
        self.assertEqual(figures['heed_http_request_seconds_count{route="/v1/decisions",status="2xx"}'], 3)
        self.assertEqual(figures["heed_decisions_not_written_total"], 0)
        self.assertGreater(figures["process_open_fds"], 5)
        self.assertGreater(figures["process_resident_memory_bytes"], 1 << 20)
        self.assertLess(abs(figures["process_start_time_seconds"] - time.time()), 120)


class Shares(Operations):
    def flood(self, server, token, ended, statuses):
        request = (f"POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
                   f"Content-Length: {len(CASE)}\r\n\r\n").encode() + CASE
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
            answers = raw.makefile("rb")
            while not ended.is_set():
                raw.sendall(request * 20)
                for _ in range(20):
                    status = int(answers.readline().split()[1])
                    length = 0
                    while (line := answers.readline()) != b"\r\n":
                        if line.lower().startswith(b"content-length:"):
                            length = int(line.split(b":")[1])
                    answers.read(length)
                    statuses[status] = statuses.get(status, 0) + 1

    def polite(self, server, token, seconds):
        """How long one who asks one thing after the other waits for each."""
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        waits, begun = [], time.monotonic()
        while time.monotonic() - begun < seconds:
            asked = time.monotonic()
            connection.request("POST", "/v1/decisions", CASE, {"Authorization": "Bearer " + token})
            response = connection.getresponse()
            response.read()
            self.assertEqual(response.status, 200)
            waits.append(time.monotonic() - asked)
        connection.close()
        return sorted(waits)

    def test_a_greedy_client_does_not_starve_another(self):
        greedy, polite = self.token("greedy", "caller"), self.token("polite", "caller")
        server = self.serve("--tokens", self.tokens, "--client-rate", "5000", "--client-burst", "200",
                            "--client-requests", "8")
        alone = self.polite(server, polite, 1)
        ended, statuses = threading.Event(), {}
        threads = [threading.Thread(target=self.flood, args=(server, greedy, ended, statuses)) for _ in range(16)]
        for thread in threads:
            thread.start()
        beside = self.polite(server, polite, 3)
        ended.set()
        for thread in threads:
            thread.join(30)
        median, slow = beside[len(beside) // 2], beside[len(beside) * 95 // 100]
        print(f"alone {len(alone)}/s, median {alone[len(alone) // 2] * 1e3:.2f} ms; beside the flood "
              f"{len(beside) / 3:.0f}/s, median {median * 1e3:.2f} ms, 95% {slow * 1e3:.2f} ms; greedy got {statuses}")
        self.assertGreater(statuses.get(429, 0), 20)
        self.assertGreater(statuses.get(200, 0), 20)
        self.assertEqual(set(statuses), {200, 429})
        self.assertGreater(len(beside), 10)
        self.assertLess(median, max(0.3, 10 * alone[len(alone) // 2]))

    def test_decisions_under_way_are_bounded_and_asked_again_later(self):
        server = self.serve("--decisions-max", "2")
        self.assertEqual(server.request("POST", "/v1/decisions", CASE).status, 200)
        blocker = sqlite3.connect(server.store, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        try:
            answers = []
            threads = [threading.Thread(target=lambda: answers.append(server.request("POST", "/v1/decisions", CASE)))
                       for _ in range(2)]
            for thread in threads:
                thread.start()
            for _ in range(200):
                if self.figures(server)["heed_decisions_under_way"] == 2:
                    break
                time.sleep(0.01)
            refused = server.request("POST", "/v1/decisions", CASE)
            self.assertEqual(refused.status, 503)
            self.assertEqual(refused.headers["Retry-After"], "1")
            self.assertEqual(refused.json()["type"], "urn:heed:problem:too-many-decisions")
            self.assertEqual(server.request("POST", "/v1/preview", CASE).status, 200)
        finally:
            blocker.execute("ROLLBACK")
            blocker.close()
        for thread in threads:
            thread.join(30)
        self.assertEqual([answer.status for answer in answers], [200, 200])
        figures = self.figures(server)
        self.assertEqual(figures["heed_decisions_under_way"], 0)
        self.assertEqual(figures['heed_http_over_limit_total{limit="decisions"}'], 1)
        self.assertEqual(server.request("POST", "/v1/decisions", CASE).status, 200)


class Trouble(Operations):
    def test_what_cannot_be_written_is_not_answered_and_everything_says_so(self):
        server = self.serve("--log-format", "json")
        self.assertEqual(server.request("POST", "/v1/decisions", CASE).status, 200)
        blocker = sqlite3.connect(server.store, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        try:
            refused = server.request("POST", "/v1/decisions", CASE, {"X-Request-Id": "lost-1"})
            self.assertEqual(refused.status, 503, refused.body)
            self.assertTrue(refused.headers["Retry-After"])
            self.assertEqual(refused.json()["instance"], "urn:heed:request:lost-1")
            ready = server.request("GET", "/readyz")
            self.assertEqual(ready.status, 503)
            self.assertEqual(self.figures(server)["heed_log_failing"], 1)
            server.wait_for("log_failing")
        finally:
            blocker.execute("ROLLBACK")
            blocker.close()
        self.assertEqual(server.request("POST", "/v1/decisions", CASE).status, 200)
        self.assertEqual(server.request("GET", "/readyz").status, 200)
        server.wait_for("log_recovered")
        failed = next(json.loads(line) for line in server.said().splitlines() if "request_failed" in line)
        self.assertEqual((failed["request"], failed["status"], failed["route"]), ("lost-1", 503, "/v1/decisions"))
        figures = self.figures(server)
        self.assertEqual(figures["heed_decisions_not_written_total"], 0)
        self.assertEqual(figures['heed_decisions_total{outcome="not_logged"}'], 1)
        self.assertEqual(figures['heed_decisions_total{outcome="decided"}'], 2)
        self.assertEqual(figures["heed_log_failing"], 0)
        server.stop()
        self.assertEqual(heed("log", "verify", server.store).returncode, 0)

    def test_no_path_reaches_a_file(self):
        policy = self.folder / "policy"
        heed("new", policy)
        (self.folder / "secret.heed").write_text("policy secret_one\n")
        (self.folder / "secret.csv").write_text("a,b\nsecret_one,1\n")
        server = self.serve(policy=policy)
        names = ["secret.heed", "policy/policy.heed", "heed.sqlite", "heed.sqlite.key", "etc/passwd"]
        ways = ["/", "/../", "/../../../../../../", "/%2e%2e/", "/..%2f", "/v1/decisions/../../", "/v1/decisions/..%2F..%2F",
                "//", "/.%2e/%2e./", "/v1/subjects/..%2f", "/" + str(self.folder) + "/", "/%2f" + str(self.folder)[1:] + "/",
                "/file:" + str(self.folder) + "/", "/..%5c", "/..%00/"]
        for way in ways:
            for name in names:
                with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
                    raw.sendall(f"GET {way}{name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
                    answer = b"".join(iter(lambda: raw.recv(65536), b""))
                self.assertNotIn(b"secret_one", answer, way + name)
                self.assertNotIn(b"root:", answer)
                self.assertNotIn(b"SQLite format", answer)
                self.assertFalse(answer.startswith(b"HTTP/1.1 200") and b"/v1/subjects" not in way.encode(), way + name)

    def test_a_policy_that_is_sent_reads_no_file_of_the_server(self):
        server = self.serve()
        (self.folder / "secret.csv").write_text("tier,amount\nsecret_one,1\n")
        for name in ("../secret.csv", str(self.folder / "secret.csv"), "secret.csv"):
            text = f'policy p\nlanguages en\ntable t\n  from "{name}"\n'
            sent = json.dumps({"files": [{"name": "a.heed", "text": text}]})
            answer = server.request("POST", "/v1/policies/check", sent)
            self.assertEqual(answer.status, 200)
            self.assertFalse(answer.json()["valid"])
            self.assertNotIn(b"secret_one", answer.body)


if __name__ == "__main__":
    main()
