#!/usr/bin/env python3
"""Checks examples/export against the stand-in recorder: what it writes is what the server has, whole file compared, also when the server
is killed and started again in mid-run, when the export is interrupted or killed, and when audio files are half there.

Usage: export_check.py RECORDER EXPORT_CALLS [--calls N] [--brief]
"""

import argparse
import base64
import http.client
import json
import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import checks
import stand_in
from stand_in import equal, expect

MOST_MEMORY_KB = 32 * 1024
# The stand-in's sample calls are of the 90 days before this.
NOW = "2026-03-31T12:00:00Z"
DAYS = ["--from", "2025-12-30", "--to", "2026-04-01"]
FEW_DAYS = ["--from", "2026-03-28", "--to", "2026-03-31"]
PASSWORD = {**os.environ, "MIAREC_PASSWORD": "secret"}
AUTHORIZATION = "Basic " + base64.b64encode(b"apiuser:secret").decode()


class Bench:
    """A recorder that may be started again at its port, and a folder for what is exported."""

    def __init__(self, recorder, program, calls):
        self.recorder, self.program, self.calls = recorder, program, calls
        self.folder = tempfile.TemporaryDirectory()
        self.server = self.start("--port", "0")
        self.whole = None

    def start(self, *port):
        return stand_in.Server(self.recorder, "--calls", str(self.calls), "--now", NOW, *port)

    def restart(self):
        self.server.process.kill()
        self.server.process.wait()
        self.server = self.start("--port", str(self.server.port))

    def path(self, name):
        return pathlib.Path(self.folder.name) / name

    def command(self, name, *more):
        return [self.program, "--server", f"http://127.0.0.1:{self.server.port}", "--wait", "200", "--out", str(self.path(name)), *more]

    def start_export(self, name, *more, **options):
        return subprocess.Popen(self.command(name, *more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=PASSWORD, **options)

    def run(self, name, *more):
        """Until it ends, with the time limit; status, output, errors."""
        process = self.start_export(name, *more)
        output, errors = process.communicate(timeout=600)
        return process.returncode, output, errors

    def lines(self, name):
        return self.path(name).joinpath("calls.jsonl").read_bytes()

    def get(self, target):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        connection.request("GET", target, headers={"Authorization": AUTHORIZATION})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return body

    def all_calls(self):
        """What the server has, in one list: asked for without days, so in another way than the export does."""
        target, calls = "/api/v2/calls.json?limit=1000&sort_order=asc", []
        while target:
            page = json.loads(self.get(target))
            calls += page["calls"]
            target = page.get("next_url")
        return calls


def wait_for(process, happened, what):
    deadline = time.monotonic() + 300
    while not happened():
        expect(process.poll() is None, f"the export ended before {what}")
        expect(time.monotonic() < deadline, f"it takes too long until {what}")
        time.sleep(0.01)


def has_calls(bench, name, share):
    def check():
        try:
            return json.loads(bench.path(name).joinpath("state.json").read_text())["calls"] >= bench.calls * share
        except (OSError, ValueError):
            return False
    return check


def exports_what_the_server_has(bench):
    process = bench.start_export("whole", *DAYS)
    output, errors = process.stdout, process.stderr
    said, log = output.read(), errors.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    equal(process.returncode, 0, said + log)
    bench.whole = bench.lines("whole")
    written = [json.loads(line) for line in bench.whole.splitlines()]
    equal(len(written), bench.calls, "lines")
    expect(written == bench.all_calls(), "the calls of the file are not those of the server")
    expect(used.ru_maxrss < MOST_MEMORY_KB, f"{used.ru_maxrss} kB of memory")
    print(f"{len(written)} calls, {len(bench.whole)} bytes, {used.ru_maxrss} kB resident at most, {used.ru_utime + used.ru_stime:.1f} s of processor")


def survives_the_server(bench):
    process = bench.start_export("server", *DAYS)
    wait_for(process, has_calls(bench, "server", 0.3), "a third was there")
    began = time.monotonic()
    bench.restart()
    print(f"the server was gone for {time.monotonic() - began:.1f} s")
    output, errors = process.communicate(timeout=600)
    equal(process.returncode, 0, output + errors)
    expect(re.search(r"no answer \(.+\); attempt \d+ of 10 in \d+ s", errors), f"nothing was said of the wait: {errors!r}")
    expect(bench.lines("server") == bench.whole, "another file than without the interruption")


def goes_on_after_ctrl_c(bench):
    process = bench.start_export("stopped", *DAYS)
    wait_for(process, has_calls(bench, "stopped", 0.2), "a fifth was there")
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    equal(process.returncode, 130, output + errors)
    expect("the same command goes on from here" in errors, errors)
    before = len(bench.lines("stopped"))
    expect(before < len(bench.whole), "it was not stopped in mid-run")
    status, output, errors = bench.run("stopped", *DAYS)
    equal(status, 0, output + errors)
    expect("going on after" in errors, errors)
    expect(bench.lines("stopped") == bench.whole, "another file than without the interruption")


def goes_on_after_a_crash(bench):
    process = bench.start_export("killed", *DAYS)
    wait_for(process, has_calls(bench, "killed", 0.5), "a half was there")
    process.kill()
    process.communicate()
    # What a crash in mid-page leaves, and more of it than is still to come.
    with bench.path("killed").joinpath("calls.jsonl").open("ab") as file:
        file.write(bench.whole + b'{"call_id":"half a line')
    status, output, errors = bench.run("killed", *DAYS)
    equal(status, 0, output + errors)
    expect(bench.lines("killed") == bench.whole, "another file than without the crash")
    status, output, errors = bench.run("killed", *DAYS)
    equal(status, 0, "once more, with nothing left to do: " + output + errors)
    expect(bench.lines("killed") == bench.whole, "changed by a run with nothing to do")


def fetches_audio(bench):
    bench.restart()
    status, output, errors = bench.run("audio", *FEW_DAYS, "--audio", "--page", "20")
    equal(status, 0, output + errors)
    wanted = {}
    for line in bench.lines("audio").splitlines():
        call = json.loads(line)
        for file in call.get("files", []):
            wanted[f"{call['call_id']}_{file['file_id']}"] = bench.get(f"/api/v2/calls/{call['call_id']}.json/file?file_id={file['file_id']}")
    got = {path.name: path.read_bytes() for path in bench.path("audio").joinpath("audio").iterdir()}
    expect(wanted and got == wanted, f"{len(got)} files, of which {sum(got.get(name) == file for name, file in wanted.items())} are those of the server")
    return wanted


def goes_on_within_an_audio_file(bench):
    whole = fetches_audio(bench)
    half = bench.path("half").joinpath("audio")
    half.mkdir(parents=True)
    name = sorted(whole)[0]
    other = sorted(whole)[1]
    half.joinpath(name + ".part").write_bytes(whole[name][:1000])
    half.joinpath(other + ".part").write_bytes(whole[other])
    # More than the server has: of another file.
    half.joinpath(sorted(whole)[2] + ".part").write_bytes(b"x" * 100_000)
    bench.server.process.kill()
    bench.server = stand_in.Server(bench.recorder, "--calls", str(bench.calls), "--now", NOW, "--verbose")
    status, output, errors = bench.run("half", *FEW_DAYS, "--audio")
    equal(status, 0, output + errors)
    expect({path.name: path.read_bytes() for path in half.iterdir()} == whole, "other files than without the interruption")
    process = bench.start_export("half2", *FEW_DAYS, "--audio", "--page", "5")
    wait_for(process, lambda: len(list(bench.path("half2").joinpath("audio").glob("*"))) > 3, "four files were there")
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    equal(process.returncode, 130, output + errors)
    status, output, errors = bench.run("half2", *FEW_DAYS, "--audio", "--page", "5")
    equal(status, 0, output + errors)
    expect({path.name: path.read_bytes() for path in bench.path("half2").joinpath("audio").iterdir()} == whole, "other files after Ctrl-C")
    bench.server.log.seek(0)
    expect(re.search(r"Range: bytes=1000-.* 206", bench.server.log.read()), "no range was asked for")


def shows_progress_on_a_terminal(bench):
    parent, child = pty.openpty()
    process = subprocess.Popen(bench.command("terminal", *DAYS, "--page", "100"), stdout=subprocess.DEVNULL, stderr=child, env=PASSWORD)
    os.close(child)
    seen = b""
    while select.select([parent], [], [], 60)[0]:
        try:
            piece = os.read(parent, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        seen += piece
    os.close(parent)
    equal(process.wait(60), 0, seen)
    lines = re.findall(rb"\r(\d{4}-\d\d-\d\d  [\d,]+ calls  [\d,]+/s  \d+ %(?:  [\d:]+ left)?)\x1b\[K", seen)
    expect(len(lines) >= 2 and lines[-1] != lines[0] and b" left" in lines[-1], f"progress: {seen[:400]!r}")
    print("on a terminal:", lines[len(lines) // 2].decode())


def says_what_is_wrong(bench):
    def fails(words, *command, **environment):
        done = subprocess.run(command, capture_output=True, text=True, env={**PASSWORD, **environment}, timeout=60)
        equal(done.returncode, 1, done.stdout + done.stderr)
        expect(words in done.stderr, f"not `{words}` but {done.stderr!r}")
    fails("the server refuses /api/v2/calls.json: 401", *bench.command("refused", *DAYS), MIAREC_PASSWORD="wrong")
    fails("holds the export of", *bench.command("whole", *FEW_DAYS))
    fails("not a date", *bench.command("date", "--from", "2026-02-30", "--to", "2026-03-01"))
    fails("are needed", bench.program, "--out", str(bench.path("none")))
    fails("no answer", bench.program, "--server", "http://127.0.0.1:1", "--out", str(bench.path("none")), "--wait", "1", *DAYS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recorder")
    parser.add_argument("export_calls")
    parser.add_argument("--calls", type=int, default=3000)
    parser.add_argument("--brief", action="store_true", help="only what the number of calls matters to: the whole, and a server that dies")
    arguments = parser.parse_args()
    bench = Bench(arguments.recorder, arguments.export_calls, arguments.calls)
    tests = [exports_what_the_server_has, survives_the_server, goes_on_after_ctrl_c, goes_on_after_a_crash, shows_progress_on_a_terminal,
             says_what_is_wrong]
    if arguments.brief:
        tests = tests[:2]
    problems = []
    for test in tests:
        run(test, bench, problems)
    # A page of audio takes its time: fewer calls.
    bench.server.stop()
    if arguments.brief:
        checks.finish("export", problems, len(tests))
    few = Bench(arguments.recorder, arguments.export_calls, 600)
    run(goes_on_within_an_audio_file, few, problems)
    few.server.stop()
    checks.finish("export", problems, len(tests) + 1)


def run(test, bench, problems):
    began = time.monotonic()
    try:
        test(bench)
    except (stand_in.Failure, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as failure:
        problems.append(f"{test.__name__}: {type(failure).__name__}: {str(failure)[:2000]}")
    print(f"{test.__name__}: {time.monotonic() - began:.1f} s", flush=True)


main()
