"""What the checks of the example servers share: starting one, sending it requests, saying what is wrong, running a list of checks."""

import atexit
import http.client
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import checks


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()
        self.type = (response.headers.get("Content-Type") or "").split(";")[0]

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def details(self):
        return self.json.get("details", {})


class Server:
    """A program that listens on a port of this machine and writes it into a file."""

    def __init__(self, program, *options):
        self.folder = tempfile.TemporaryDirectory()
        port_file = pathlib.Path(self.folder.name) / "port"
        self.log = open(pathlib.Path(self.folder.name) / "log", "w+", encoding="utf-8")
        self.process = subprocess.Popen([program, "--port", "0", "--port-file", str(port_file), *options], stdout=self.log)
        # Whatever happens to the check. Of a program that has ended it is nothing.
        atexit.register(self.process.kill)
        deadline = time.monotonic() + 60
        while not port_file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{program} does not start")
            time.sleep(0.02)
        self.port = int(port_file.read_text())

    def request(self, method, target, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, target, body=body.encode() if isinstance(body, str) else body, headers=headers)
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(10)
        self.folder.cleanup()
        return status


class Failure(Exception):
    pass


def expect(truth, message):
    if not truth:
        raise Failure(message)


def equal(got, wanted, what=""):
    expect(got == wanted, f"{what}: got {got!r}, not {wanted!r}")


def finish(name, server, with_server, others):
    """Runs the checks, each a function of the server, and the others, pairs of a function and what it gets; stops the server; ends the
    program."""
    problems = []
    script = pathlib.Path(sys.argv[0]).resolve()
    for check, subject in [(check, server) for check in with_server] + others:
        try:
            check(subject)
        except (Failure, OSError, http.client.HTTPException, ValueError, KeyError, IndexError, StopIteration) as failure:
            # The innermost line of the check itself.
            place, line = 0, failure.__traceback__
            while line.tb_next:
                line = line.tb_next
                if pathlib.Path(line.tb_frame.f_code.co_filename).resolve() == script and not line.tb_frame.f_code.co_name.startswith("is_"):
                    place = line.tb_lineno
            problems.append(f"{check.__name__}, line {place}: {type(failure).__name__}: {failure}")
    status = server.stop()
    if status != 0:
        problems.append(f"the server ended with status {status}")
    checks.finish(name, problems, len(with_server) + len(others) + 1)
