"""The most stack that a function can need: the frame of each function and who calls whom, as the compiler tells them
(-fcallgraph-info=su), along the deepest way. A frame without a bound, a circle, and a function of which nothing is known are failures."""

import re
import struct

import target

INDIRECT = "__indirect_call"
# The library's calls through pointers: by the header, and by the caller's name where that tells more, what the functions are called that the
# pointer may lead to. A call from anywhere else may lead to any function whose address the program holds.
POINTERS = {("http/answer.hpp", ""): r"read_error", ("http/request.hpp", "is_printed"): r"print",
            ("http/request.hpp", "request_builder4form"): r"put_form", ("http/request.hpp", ""): r"print|put",
            ("json/encode.hpp", ""): r"check_raw|check_number"}


class Program:
    """All that is known of one linked program: `graphs` are the compiler's .ci files."""

    def __init__(self, program, graphs):
        self.frames, self.calls, self.names = {}, {}, {}
        for graph in graphs:
            self._read_graph(graph.read_text(encoding="utf-8"))
        self.at = {}
        for address, kind, name in re.findall(r"^([0-9a-f]+) (\w) (\S+)$", target.run(["arm-none-eabi-nm", program]), re.M):
            if kind in "tTwW":
                self.at.setdefault(int(address, 16) & ~1, []).append(name)
        self.linked = {name for names in self.at.values() for name in names}
        self._read_assembly(program)
        for names in self.at.values():
            known = next((name for name in names if name in self.frames), None)
            for name in names if known else ():
                self.frames.setdefault(name, self.frames[known])
                self.calls.setdefault(name, self.calls.get(known, set()))
        self.candidates = self._functions_in_data(program)
        self.known = {}

    def _read_graph(self, text):
        for title, label in re.findall(r'^node: \{ title: "([^"]+)" label: "((?:[^"\\]|\\.)*)"', text, re.M):
            title = title.split(":")[-1]
            size = re.search(r"(\d+) bytes \((\w+(?:,\w+)?)\)", label)
            if size:
                if size.group(2) not in ("static", "dynamic,bounded"):
                    raise target.Failed(f"the frame of {label} has no bound")
                self.frames[title] = int(size.group(1))
                self.names[title] = label.split("\\n")[0]
        for caller, callee, where in re.findall(r'^edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"(?: label: "([^"]*)")?', text, re.M):
            callee = callee.split(":")[-1]
            if callee == INDIRECT:
                callee += " " + next((pattern for (place, name), pattern in POINTERS.items() if place in where and name in caller), "")
            self.calls.setdefault(caller.split(":")[-1], set()).add(callee)

    def _read_assembly(self, program):
        """Functions of the C and compiler libraries, which are not compiled here: all that they push, wherever, and whom they call."""
        name = None
        for line in target.run(["arm-none-eabi-objdump", "-d", "--no-show-raw-insn", program]).splitlines():
            begin = re.match(r"[0-9a-f]+ <([^>]+)>:$", line)
            if begin:
                name = begin.group(1)
                self.own = name in self.frames
                if not self.own:
                    self.frames[name], self.names[name] = 0, name
                continue
            code = re.match(r"\s*[0-9a-f]+:\t(\S+)\s*(.*)", line)
            if name is None or self.own or not code:
                continue
            operation, operands = code.groups()
            pushed = re.search(r"\{([^}]*)\}", operands)
            if operation.startswith("push") or (operation.startswith("stmdb") and operands.startswith("sp!")):
                self.frames[name] += 4 * self._registers(pushed.group(1))
            elif operation.startswith("str") and re.search(r"\[sp, #-(\d+)\]!", operands):
                self.frames[name] += int(re.search(r"\[sp, #-(\d+)\]!", operands).group(1))
            elif re.match(r"sub", operation) and operands.startswith("sp"):
                constant = re.search(r"#(\d+)", operands)
                if not constant:
                    raise target.Failed(f"the frame of {name} has no bound")
                self.frames[name] += int(constant.group(1))
            callee = re.search(r"<([^+>]+)>", operands)
            if operation.startswith("b") and callee and callee.group(1) != name:
                self.calls.setdefault(name, set()).add(callee.group(1))

    @staticmethod
    def _registers(listed):
        count = 0
        for part in listed.split(","):
            ends = re.findall(r"\d+", part) if "-" in part else []
            count += int(ends[1]) - int(ends[0]) + 1 if ends else 1
        return count

    def _functions_in_data(self, program):
        """Functions whose address is anywhere in the program, so that they may be called through a pointer."""
        image = program.with_suffix(".bin")
        target.run(["arm-none-eabi-objcopy", "-O", "binary", program, image])
        words = image.read_bytes()
        found = set()
        for (word,) in struct.iter_unpack("<I", words[:len(words) // 4 * 4]):
            if word & 1:
                found.update(self.at.get(word - 1, ()))
        return {name for name in found if not re.match(r"reset|fault", name)}

    def deepest(self, name, way=()):
        """(bytes, names along the way) from the call of `name` on."""
        if name in self.known:
            return self.known[name]
        if name in way:
            raise target.Failed("a circle: " + ", ".join(self.names.get(each, each) for each in way))
        if name.startswith(INDIRECT):
            pattern = name.removeprefix(INDIRECT).strip()
            return max((self.deepest(each, (*way, name)) for each in self.candidates if re.search(pattern, each)), default=(0, ()))
        if name not in self.linked and name not in self.frames:
            return 0, ()  # the compiler thought of calling it, and then did not
        if name not in self.frames:
            raise target.Failed(f"nothing is known of {name}, called along {', '.join(way)}")
        inner = max((self.deepest(each, (*way, name)) for each in self.calls.get(name, ())), default=(0, ()))
        self.known[name] = (self.frames[name] + inner[0], (name, *inner[1]))
        return self.known[name]

    def below(self, name):
        """The same, without the frame of `name` itself."""
        return self.deepest(name)[0] - self.frames[name]
