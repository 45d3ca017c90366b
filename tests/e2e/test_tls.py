"""HTTPS: what is spoken and what is not, certificates that change under load, and where the server listens."""
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

from support import CASES, POLICY, Server, heed, main

CASE = (CASES / "blamed-he.json").read_bytes()


def make_pair(folder, name, host="localhost", days=90):
    """A certificate of its own for a host and 127.0.0.1, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    str(days), "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{host},IP:127.0.0.1", "-keyout",
                    key, "-out", certificate], check=True, capture_output=True)
    os.chmod(key, 0o600)
    return certificate, key


class Tls(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.certificate, self.key = make_pair(self.folder, "used")

    def serve(self, *words, listen="127.0.0.1:0"):
        server = Server(self.folder / "heed.sqlite",
                        words=["--tls-cert", self.certificate, "--tls-key", self.key, *words], listen=listen)
        self.addCleanup(server.stop)
        return server

    def trusting(self, *certificates):
        context = ssl.create_default_context()
        for certificate in certificates or (self.certificate,):
            context.load_verify_locations(certificate)
        return context

    def connect(self, server, context=None):
        return http.client.HTTPSConnection("localhost", server.port, timeout=30, context=context or self.trusting())

    def request(self, server, method="GET", path="/readyz", body=None, headers=None, context=None):
        connection = self.connect(server, context)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def put_pair(self, name):
        """Replaces the pair in use, as a renewing program does: first one file, then the other."""
        for new, used in ((f"{name}.pem", self.certificate), (f"{name}.key", self.key)):
            shutil.copy2(self.folder / new, f"{used}.part")
            os.replace(f"{used}.part", used)

    def test_a_decision_over_https(self):
        server = self.serve()
        status, headers, body = self.request(server, "POST", "/v1/decisions", CASE)
        self.assertEqual(status, 200, body)
        self.assertIn("max-age", headers["Strict-Transport-Security"])
        done = subprocess.run(["curl", "-s", "--tlsv1.3", "--cacert", self.certificate,
                               f"https://localhost:{server.port}/readyz"], capture_output=True, text=True)
        self.assertEqual(json.loads(done.stdout)["status"], "ready", done.stderr)

    def test_a_large_batch_and_its_answer_come_whole(self):
        server = self.serve()
        line = json.dumps(json.loads(CASE))
        connection = self.connect(server)
        connection.request("POST", "/v1/decisions", "\n".join([line] * 600), {"Content-Type": "application/x-ndjson"})
        answers = connection.getresponse().read().splitlines()
        self.assertEqual(len({json.loads(answer)["id"] for answer in answers}), 600)
        connection.request("GET", "/healthz")
        self.assertEqual(connection.getresponse().read(), b'{"status":"alive"}')
        connection.close()

    def test_the_newest_protocol_is_chosen_and_http_1_1_with_it(self):
        server = self.serve()
        context = self.trusting()
        context.set_alpn_protocols(["h2", "http/1.1"])
        with socket.create_connection(("127.0.0.1", server.port)) as plain, \
                context.wrap_socket(plain, server_hostname="localhost") as sealed:
            self.assertEqual(sealed.version(), "TLSv1.3")
            self.assertEqual(sealed.selected_alpn_protocol(), "http/1.1")
            self.assertIsNone(sealed.compression())

    def test_old_protocols_weak_ciphers_and_other_protocols_are_refused(self):
        server = self.serve()

        def shake(change):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            change(context)
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain, \
                    context.wrap_socket(plain) as sealed:
                return sealed.version()

        def only(version):
            def change(context):
                context.set_ciphers("ALL:@SECLEVEL=0")
                context.minimum_version = context.maximum_version = version
            return change

        def ciphers(names):
            def change(context):
                context.maximum_version = ssl.TLSVersion.TLSv1_2
                context.set_ciphers(names)
            return change

        self.assertEqual(shake(only(ssl.TLSVersion.TLSv1_2)), "TLSv1.2")
        for change in (only(ssl.TLSVersion.TLSv1), only(ssl.TLSVersion.TLSv1_1), ciphers("AES128-SHA:@SECLEVEL=0"),
                       ciphers("AES256-GCM-SHA384"), ciphers("ECDHE-ECDSA-AES256-SHA:@SECLEVEL=0"),
                       lambda context: context.set_alpn_protocols(["h2"])):
            with self.assertRaises(ssl.SSLError):
                shake(change)

    def test_plain_http_is_told_what_is_spoken(self):
        server = self.serve()
        answer = server.request("GET", "/readyz")
        self.assertEqual(answer.status, 400)
        self.assertEqual(answer.json()["type"], "urn:heed:problem:plain-http")
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as nonsense:
            nonsense.sendall(b"\x00\xff" * 200)
            while nonsense.recv(4096):
                pass

    def test_half_handshakes_end_and_keep_nobody_out(self):
        server = self.serve()
        halves = [socket.create_connection(("127.0.0.1", server.port), timeout=30) for _ in range(100)]
        for half in halves[::2]:
            half.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
        begun = time.monotonic()
        plain = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        slow = self.trusting().wrap_socket(plain, server_hostname="localhost")
        slow.sendall(b"GET /readyz HTTP/1.1\r\nHost: loc")
        for _ in range(20):
            self.assertEqual(self.request(server)[0], 200)
        self.assertLess(time.monotonic() - begun, 8)
        for half in halves:
            self.assertEqual(half.recv(100), b"")
            half.close()
        with slow:  # sealed, and too slow: it is told so under TLS, and the end is in good order
            told = b"".join(iter(lambda: slow.recv(4096), b""))
            self.assertTrue(told.startswith(b"HTTP/1.1 408"), told)
        self.assertTrue(8 < time.monotonic() - begun < 20)
        metrics = self.request(server, path="/metrics")[2].decode()
        self.assertIn('heed_tls_handshakes_total{outcome="failed"} 100', metrics)

    def test_a_new_certificate_is_taken_under_load_and_no_request_is_lost(self):
        for name in ("one", "two", "three"):
            make_pair(self.folder, name)
        first = self.folder / "first.pem"
        shutil.copy2(self.certificate, first)
        trusting = self.trusting(first, *(self.folder / f"{name}.pem" for name in ("one", "two", "three")))
        server = self.serve()
        statuses, mistakes, ended = [], [], threading.Event()

        def ask(keep):
            connection = None
            while not ended.is_set():
                try:
                    connection = connection or self.connect(server, trusting)
                    connection.request("POST", "/v1/decisions", CASE)
                    response = connection.getresponse()
                    response.read()
                    statuses.append(response.status)
                    if not keep:
                        connection.close()
                        connection = None
                except OSError as mistake:
                    mistakes.append(repr(mistake))
                    connection = None
            if connection:
                connection.close()

        threads = [threading.Thread(target=ask, args=(keep,)) for keep in (True, False, False, False)]
        for thread in threads:
            thread.start()
        for number, name in enumerate(("one", "two", "three"), 1):
            time.sleep(0.4)
            self.put_pair(name)
            server.process.send_signal(signal.SIGHUP)
            for _ in range(300):
                if server.said().count("tls_loaded") == number:
                    break
                time.sleep(0.02)
            self.assertEqual(server.said().count("tls_loaded"), number, server.said())
        time.sleep(0.4)
        ended.set()
        for thread in threads:
            thread.join(30)
        self.assertEqual(mistakes, [])
        self.assertEqual(set(statuses), {200})
        self.assertGreater(len(statuses), 100)
        self.assertEqual(self.request(server, context=self.trusting(self.folder / "three.pem"))[0], 200)

    def test_a_changed_certificate_is_noticed_and_a_bad_one_leaves_the_one_in_use(self):
        make_pair(self.folder, "next", days=20)
        used = self.folder / "first.pem"
        shutil.copy2(self.certificate, used)
        server = self.serve("--log-format", "json")
        self.key.write_text("no key\n")
        server.wait_for("tls_kept")
        said = [json.loads(line) for line in server.said().splitlines()]
        kept = next(line for line in said if line["event"] == "tls_kept")
        self.assertEqual(kept["code"], "tls.no-key")
        self.assertIn("the certificate in use stays", kept["message"])
        self.assertEqual(self.request(server, context=self.trusting(used))[0], 200)
        self.put_pair("next")
        server.wait_for("tls_loaded")
        server.wait_for("tls_expires_soon")
        self.assertEqual(self.request(server, context=self.trusting(self.folder / "next.pem"))[0], 200)
        metrics = self.request(server, path="/metrics", context=self.trusting(self.folder / "next.pem"))[2].decode()
        self.assertIn('heed_reloads_total{of="tls",outcome="kept"} 1', metrics)
        expires = float(next(line for line in metrics.splitlines()
                             if line.startswith("heed_tls_certificate_not_after_seconds")).split()[1])
        self.assertAlmostEqual(expires, time.time() + 20 * 86400, delta=600)

    def test_sigterm_answers_what_is_under_way(self):
        server = self.serve()
        context, statuses, ended = self.trusting(), [], []

        def post():
            connection = self.connect(server, context)
            try:
                while True:
                    connection.request("POST", "/v1/decisions", CASE)
                    response = connection.getresponse()
                    response.read()
                    statuses.append(response.status)
                    if response.getheader("Connection") == "close":
                        return ended.append("told")
            except (http.client.RemoteDisconnected, ConnectionError) as end:
                ended.append(repr(end))
            except OSError as end:
                ended.append("cut: " + repr(end))

        threads = [threading.Thread(target=post) for _ in range(6)]
        idle = self.connect(server, context)
        idle.request("GET", "/healthz")
        idle.getresponse().read()
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        self.assertEqual(server.stop(), 0)
        for thread in threads:
            thread.join(30)
        self.assertEqual(idle.sock.recv(10), b"")  # an end in good order, not a cut
        self.assertEqual(set(statuses), {200})
        self.assertEqual([end for end in ended if end.startswith("cut")], [])
        verified = json.loads(heed("log", "verify", "--json", server.store).stdout)
        self.assertTrue(verified["holds"])
        self.assertGreaterEqual(verified["records"], len(statuses))

    def test_it_does_not_start_with_a_pair_that_does_not_fit(self):
        other = make_pair(self.folder, "other")
        os.chmod(other[1], 0o600)
        cases = [
            (["--tls-cert", self.certificate, "--tls-key", other[1]], "tls.key-mismatch"),
            (["--tls-cert", self.certificate, "--tls-key", self.folder / "nowhere"], "tls.unreadable"),
            (["--tls-cert", self.key, "--tls-key", self.key], "tls.no-certificate"),
            (["--tls-cert", self.certificate], "usage.tls"),
            (["--tls-key", self.key], "usage.tls"),
            (["--host", "http://heed.example"], "usage.host"),
            (["--origin", "heed.example"], "usage.origin"),
            (["--origin", "https://heed.example/"], "usage.origin"),
        ]
        for words, code in cases:
            started = heed("serve", "--policy", POLICY, "--store", self.folder / "s", "--listen", "127.0.0.1:0", *words)
            self.assertEqual(started.returncode, 2, words)
            self.assertIn(code, started.stderr)
            self.assertIn("help:", started.stderr)
        os.chmod(self.key, 0o644)
        started = heed("serve", "--policy", POLICY, "--store", self.folder / "s", "--listen", "127.0.0.1:0",
                       "--tls-cert", self.certificate, "--tls-key", self.key)
        self.assertIn("tls.key-open-to-others", started.stderr)

    def test_it_listens_elsewhere_only_with_tls_and_tokens_and_answers_to_its_names(self):
        tokens = self.folder / "tokens.json"
        token = heed("token", "add", "crm", "--role", "caller", "--tokens", tokens).stdout.strip()
        pair = ["--tls-cert", self.certificate, "--tls-key", self.key]
        for words, told in [([], "neither TLS nor a token file"), (pair, "no token file"),
                            (["--tokens", tokens], "is no TLS")]:
            started = heed("serve", "--policy", POLICY, "--store", self.folder / "s", "--listen", "0.0.0.0:0", *words)
            self.assertEqual(started.returncode, 2)
            self.assertIn("serve.not-loopback", started.stderr)
            self.assertIn(told, started.stderr)
        started = heed("serve", "--policy", POLICY, "--store", self.folder / "s", "--listen", "0.0.0.0:0", *pair,
                       "--tokens", tokens)
        self.assertEqual(started.returncode, 2)
        self.assertIn("serve.no-host", started.stderr)
        server = self.serve("--tokens", tokens, "--host", "heed.test", "--origin", "https://desk.test",
                            listen="0.0.0.0:0")
        bearer = {"Authorization": "Bearer " + token}
        for host, status in [("heed.test", 200), ("HEED.test:8443", 200), ("localhost", 200), ("other.test", 421),
                             ("heed.test.other", 421)]:
            self.assertEqual(self.request(server, "POST", "/v1/decisions", CASE, {**bearer, "Host": host})[0], status)
        for origin, status in [("https://desk.test", 200), ("https://heed.test", 200), ("http://heed.test", 403),
                               ("https://desk.test:444", 403), ("null", 403)]:
            answer = self.request(server, "POST", "/v1/preview", CASE, {**bearer, "Host": "heed.test", "Origin": origin})
            self.assertEqual(answer[0], status, origin)
            self.assertFalse([name for name in answer[1] if name.lower().startswith("access-control")])


if __name__ == "__main__":
    main()
