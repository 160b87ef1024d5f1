#!/usr/bin/env python3
"""Checks that the device example reads every call of the stand-in recorder, page by page, over its bare socket and without heap.

Usage: device_check.py RECORDER ROWS_ON_A_DEVICE
"""

import argparse
import base64
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import checks
import stand_in


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recorder")
    parser.add_argument("rows_on_a_device")
    arguments = parser.parse_args()
    server = stand_in.Server(arguments.recorder, "--calls", "950")
    status, output = checks.run([arguments.rows_on_a_device, f"http://127.0.0.1:{server.port}"], timeout=60)
    login = {"Authorization": "Basic " + base64.b64encode(b"apiuser:secret").decode()}
    page = server.request("GET", "/api/v2/calls.json?limit=1000&sort_order=asc", None, login).json
    wanted = [call["call_id"] for call in page["calls"]]
    problems = []
    if status != 0 or output.splitlines() != [*wanted, "rows_on_a_device: ok (950 calls, 5 pages)"]:
        problems.append(f"not the {len(wanted)} calls of the server: status {status}, {len(output.splitlines())} lines, {output[-200:]}")
    status, output = checks.run([arguments.rows_on_a_device, "http://127.0.0.1:1"], timeout=60)
    if status != 1 or "FAILED (no connection)" not in output:
        problems.append(f"no server: status {status}, {output}")
    if server.stop() != 0:
        problems.append("the server did not end well")
    checks.finish("device", problems, 3)


main()
