#!/usr/bin/env python3
"""Checks that twenty calls at once, all answered 401, cost one refresh, as the stand-in counts them.

Usage: in_flight_check.py CLOUDLINK_STAND_IN IN_FLIGHT
"""

import argparse
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import checks
import stand_in


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cloudlink_stand_in")
    parser.add_argument("in_flight")
    arguments = parser.parse_args()
    server = stand_in.Server(arguments.cloudlink_stand_in)
    problems = []
    for _ in range(5):
        status, output = checks.run([arguments.in_flight, f"http://127.0.0.1:{server.port}"], timeout=60)
        if status != 0 or not re.fullmatch(r"in_flight: ok \(20 calls, \d+ answered 401 at first, 1 refresh\)\n", output):
            problems.append(f"status {status}: {output}")
    print(output, end="")
    state = server.request("GET", "/stand-in/state.json", None, {}).json
    if (state["sign_ins"], state["refreshes"], state["refused_refreshes"]) != (5, 5, 0):
        problems.append(f"the stand-in counted {state}")
    if server.stop() != 0:
        problems.append("the stand-in did not end well")
    checks.finish("in_flight", problems, 7)


main()
