"""Building the benchmark programs, and on what machine. Not here: running them (measure.py, gate.py)."""

import os
import pathlib
import platform
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FAST = "-O3 -march=x86-64-v2"
PLAIN = "-O2"


class Failed(Exception):
    """Ends the tool with `bench: FAILED (...)`."""


def run(command, **options):
    """Runs a command to its end and gives what it printed; one that fails ends the tool."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="replace", check=False, **options)
    if done.returncode != 0:
        print("\n".join((done.stdout + done.stderr).splitlines()[-60:]))
        raise Failed(f"status {done.returncode} from {' '.join(str(part) for part in command)}")
    return done.stdout


def gcc():
    return os.environ.get("CXX") or "g++"


def clang():
    return next((name for name in ("clang++", "clang++-14") if shutil.which(name)), "clang++")


def compiler_line(compiler):
    if not shutil.which(compiler.split()[0]):
        raise Failed(f"{compiler} is not installed (tools/setup build tests)")
    return run([*compiler.split(), "--version"]).splitlines()[0]


def compiler_name(compiler):
    """`GCC 12.2.0` or `clang 14.0.6`: what decides about the instructions, without what a distribution adds."""
    line = compiler_line(compiler)
    version = re.search(r"\d+\.\d+\.\d+", line)
    return f"{'clang' if 'clang' in line else 'GCC'} {version.group(0) if version else line}"


def short_name(compiler, flags):
    return f"{compiler_name(compiler)} {flags}"


def build(compiler, flags, target):
    """Builds `target` and returns its path. Configured anew each time: that takes a second, and no stale cache is measured."""
    folder = ROOT / "build" / ("bench-" + re.sub(r"[^a-z0-9+]+", "-", f"{pathlib.Path(compiler.split()[-1]).name} {flags}".lower()))
    options = ["-DTIPRING_BUILD_BENCHMARKS=ON", "-DTIPRING_BUILD_TESTS=OFF", "-DTIPRING_BUILD_EXAMPLES=OFF",
               "-DCMAKE_BUILD_TYPE=Release", f"-DCMAKE_CXX_COMPILER={compiler}", "-DCMAKE_CXX_FLAGS_RELEASE=-DNDEBUG",
               f"-DTIPRING_BENCHMARK_FLAGS={flags}"]
    if shutil.which("ninja") and not (folder / "CMakeCache.txt").exists():
        options += ["-G", "Ninja"]
    if shutil.which("ccache"):
        options.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    jobs = os.environ.get("TIPRING_JOBS") or str(len(os.sched_getaffinity(0)))
    print(f"building {target}: {compiler} {flags}", flush=True)
    run(["cmake", "-S", ROOT, "-B", folder, *options])
    run(["cmake", "--build", folder, "--target", target, "--parallel", jobs])
    programs = [path for path in folder.rglob(target) if path.is_file() and os.access(path, os.X_OK)]
    if not programs:
        raise Failed(f"no program {target} in {folder}")
    return programs[0]


def machine():
    info = pathlib.Path("/proc/cpuinfo")
    text = info.read_text() if info.exists() else ""
    found = re.search(r"^model name\s*:\s*(.*)$", text, re.M)
    family = re.search(r"^cpu family\s*:\s*(\d+)$", text, re.M)
    model = re.search(r"^model\s*:\s*(\d+)$", text, re.M)
    name = found.group(1).strip() if found else platform.processor() or platform.machine()
    if family and model:
        name += f" (family {family.group(1)}, model {model.group(1)})"
    return {"cpu": name, "cores": os.cpu_count(), "virtual": bool(re.search(r"^flags.*\bhypervisor\b", text, re.M)),
            "kernel": f"{platform.system()} {platform.release()}", "libc": " ".join(platform.libc_ver())}
