"""What the check scripts of tests/ share: which compilers, which flags, running in parallel, the closing line.

Compilers: TIPRING_COMPILERS (names divided by spaces), else g++ and clang++ as far as they are here. With TIPRING_STRICT=1 both
must be here, so that a machine without one cannot look green.
"""

import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "include"
WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Wpedantic", "-Werror"]
FLAGS = ["-std=c++20", *WARNINGS, f"-I{INCLUDE}"]


def headers():
    """Every public header, as it is written in an #include."""
    return sorted(path.relative_to(INCLUDE).as_posix() for path in INCLUDE.rglob("*.hpp"))


def needs_boost(header):
    return pathlib.PurePosixPath(header).name.startswith("boost")


def compilers():
    named = os.environ.get("TIPRING_COMPILERS", "").split()
    wanted = [[name] for name in named] or [["g++"], ["clang++", "clang++-14"]]
    strict = bool(named) or os.environ.get("TIPRING_STRICT") == "1"
    found = []
    for names in wanted:
        here = [name for name in names if shutil.which(name)]
        if here:
            found.append(here[0])
        elif strict:
            sys.exit(f"compiler not found: {' or '.join(names)} (tools/setup tests)")
        else:
            print(f"not checked with {names[0]}: it is not installed")
    if not found:
        sys.exit("no compiler found (tools/setup build)")
    return found


def run(command, **options):
    """Runs a command; returns (status, output and errors together)."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", **options)
    return done.returncode, done.stdout


def standard_headers():
    """The lines that include what the library includes of the standard library."""
    texts = [(INCLUDE / header).read_text(encoding="utf-8") for header in headers() if not needs_boost(header)]
    return sorted({line for text in texts for line in re.findall(r"^#include <[a-z_]+>$", text, re.M)})


def precompiled(compiler, folder, lines, flags=FLAGS):
    """Flags that bring in, compiled beforehand, what `lines` include. For sources that use little of the library, give the standard
    headers alone: what our own instantiate at the end of each unit costs more than is saved."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "before.hpp"
    source.write_text("\n".join(lines) + "\n")
    is_clang = "clang" in compiler
    target = folder / ("before.pch" if is_clang else "before.hpp.gch")
    status, output = run([compiler, *flags, "-x", "c++-header", source, "-o", target])
    if status != 0:
        sys.exit(f"what is compiled beforehand does not compile with {compiler}:\n{output}")
    return ["-include-pch", target] if is_clang else ["-include", source]


def parallel(function, items):
    """[function(item) for item in items], as many at once as there are cores (TIPRING_JOBS says otherwise)."""
    jobs = int(os.environ.get("TIPRING_JOBS") or len(os.sched_getaffinity(0)))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(function, items))


def finish(name, problems, total):
    """Prints the problems and the closing line, then ends the program. `problems` holds one text per failed check."""
    for problem in problems:
        print(problem.rstrip() + "\n")
    print(f"[{name}] {total - len(problems)} passed, {len(problems)} failed")
    sys.exit(1 if problems else 0)
