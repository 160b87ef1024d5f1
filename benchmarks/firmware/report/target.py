"""Building and running programs for a Cortex-M: one list of boards and flags for tools/firmware, tools/size and tests/symbols."""

import dataclasses
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
FIRMWARE = ROOT / "examples" / "firmware"
COMPILER = "arm-none-eabi-g++"
EMULATOR = "qemu-system-arm"
OPTIMISED = "-Os"
LANGUAGE = ["-std=c++20", "-fno-exceptions", "-fno-rtti", "-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-fno-threadsafe-statics",
            "-fno-use-cxa-atexit", "-ffunction-sections", "-fdata-sections"]
WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Wpedantic", "-Werror"]
SMALL = "-DTIPRING_SMALL=1"


class Failed(Exception):
    """Ends the tool with `NAME: FAILED (...)`."""


@dataclasses.dataclass(frozen=True)
class Core:
    name: str
    flags: tuple
    board: str
    # Instructions per tick of its timer under `-icount shift=0`: a nanosecond each.
    per_tick: float

    @property
    def flags_text(self):
        return " ".join(self.flags)


# There is no emulated board with a Cortex-M0+; its code has no instruction that a Cortex-M0 has not.
CORES = {core.name: core for core in (
    Core("Cortex-M0+", ("-mcpu=cortex-m0plus", "-mthumb"), "microbit", 62.5),
    Core("Cortex-M3", ("-mcpu=cortex-m3", "-mthumb"), "mps2-an385", 40),
    Core("Cortex-M4F", ("-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"), "mps2-an386", 40),
    Core("Cortex-M33", ("-mcpu=cortex-m33", "-mthumb"), "mps2-an505", 50),
)}


def need_tools():
    for tool in (COMPILER, EMULATOR):
        if not shutil.which(tool):
            raise Failed(f"{tool} is not installed (tools/setup firmware)")


def run(command, **options):
    """Runs a command to its end; one that fails ends the tool. Returns what it printed."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          check=False, **options)
    if done.returncode != 0:
        raise Failed(f"{pathlib.Path(str(command[0])).name} ended with {done.returncode}:\n{done.stdout[-6000:]}")
    return done.stdout


def compiler_version():
    return re.search(r"\d+\.\d+\.\d+", run([COMPILER, "--version"])).group(0)


def emulator_version():
    return re.search(r"\d+\.\d+\.\d+", run([EMULATOR, "--version"])).group(0)


def flags_of(core, *more):
    size = [] if any(str(flag).startswith("-DTIPRING_SMALL=") for flag in more) else [SMALL]
    return [*core.flags, OPTIMISED, *LANGUAGE, "-DNDEBUG", *size, f"-I{ROOT / 'include'}", f"-I{FIRMWARE / 'common'}", *more]


def compile_object(core, source, to, *more):
    cache = ["ccache"] if shutil.which("ccache") else []
    run([*cache, COMPILER, *flags_of(core, *WARNINGS, *more), "-c", source, "-o", to])
    return to


def link(core, objects, to, *more):
    run([COMPILER, *core.flags, OPTIMISED, *objects, "--specs=nano.specs", "-nostartfiles", "-Wl,--gc-sections", f"-L{FIRMWARE / 'common'}", "-T",
         FIRMWARE / "boards" / f"{core.board}.ld", *more, "-o", to])
    return to


def emulate(core, program, *more, timeout=60):
    """Runs a program to its end. Returns (status, output)."""
    try:
        done = subprocess.run([EMULATOR, "-machine", core.board, "-nographic", "-monitor", "none", "-serial", "null", "-semihosting-config",
                               "enable=on,target=native", *more, "-kernel", str(program)],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                              timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return 124, f"stopped after {timeout} s"
    return done.returncode, done.stdout


def sizes(program):
    """(flash, static RAM) of a linked program: code, constants and the initial values of variables; variables."""
    found = {name: int(size) for name, size in re.findall(r"^(\.\S+)\s+(\d+)", run(["arm-none-eabi-size", "-A", program]), re.M)}
    data = found.get(".data", 0)
    return found.get(".text", 0) + found.get(".ARM.exidx", 0) + data, data + found.get(".bss", 0)
