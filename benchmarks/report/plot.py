"""The plot of docs/benchmarks.svg: two panels of bars and one of lines, without a library. It draws its own background and
brings colours for dark pages, so that it is legible on any."""

import html
import math

import results

WIDTH, HEIGHT = 1180, 430
STYLE = """
  .page { fill: #ffffff; stroke: #d0d7de; } text { font: 12px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328; }
  .title { font-size: 14px; font-weight: 600; } .quiet { fill: #59636e; } .ours { fill: #0969da; } .theirs { fill: #a5b0bc; }
  .grid { stroke: #d8dee4; } .line { fill: none; stroke-width: 1.5; }
  .line.ours { stroke: #0969da; stroke-width: 2.5; fill: none; } .line.theirs { stroke: #a5b0bc; fill: none; }
  .bold { font-weight: 600; } .end { text-anchor: end; } .middle { text-anchor: middle; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; stroke: #3d444d; } text { fill: #e6edf3; } .quiet { fill: #9198a1; } .ours { fill: #4493f8; }
    .theirs { fill: #656f7a; } .grid { stroke: #2a313c; } .line.ours { stroke: #4493f8; }
    .line.theirs { stroke: #656f7a; }
  }"""


def text(x, y, words, kind=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{html.escape(words)}</text>'


def line(x1, y1, x2, y2):
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def side(engine):
    return "ours" if results.is_ours(engine) else "theirs"


def shown_speed(megabytes):
    return f"{megabytes / 1000:.2f} GB/s" if megabytes >= 1000 else f"{megabytes:.0f} MB/s"


def bars(x, y, width, height, title, rows):
    """Horizontal bars of speed, the fastest on top."""
    drawn = [text(x, y, title, "title")]
    rows = sorted(rows, key=results.megabytes_per_second, reverse=True)
    if not rows:
        return drawn
    names, values = 124, 66
    room = width - names - values
    step = min(30.0, (height - 16) / len(rows))
    most = results.megabytes_per_second(rows[0])
    for at, row in enumerate(rows):
        top = y + 16 + at * step
        middle = top + step / 2 + 4
        speed = results.megabytes_per_second(row)
        length = max(1.0, room * speed / most)
        ours = " bold" if side(row["engine"]) == "ours" else ""
        drawn.append(text(x + names - 8, middle, row["engine"], "end" + ours))
        drawn.append(f'<rect class="{side(row["engine"])}" x="{x + names:.1f}" y="{top + step * 0.14:.1f}" width="{length:.1f}" '
                     f'height="{step * 0.72:.1f}" rx="2"/>')
        drawn.append(text(x + names + length + 6, middle, shown_speed(speed), "quiet" + ours))
    return drawn


def spaced_out(wanted, gap, lowest):
    """Heights near the wanted ones (ascending) that are `gap` apart and not beyond `lowest`."""
    placed = []
    for y in wanted:
        placed.append(max(y, placed[-1] + gap) if placed else y)
    limit = lowest
    for at in range(len(placed) - 1, -1, -1):
        placed[at] = min(placed[at], limit)
        limit = placed[at] - gap
    return placed


def duration(ns):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if ns >= size:
            return f"{ns / size:g} {unit}"
    return f"{ns:g} ns"


def lines(x, y, width, height, title, series):
    """Time against records, both logarithmic. `series` is [(engine, [(records, nanoseconds)])]."""
    drawn = [text(x, y, title, "title")]
    if not series:
        return drawn
    left, right, top, bottom = x + 52, x + width - 148, y + 22, y + height - 36
    records = [point[0] for _, points in series for point in points]
    times = [point[1] for _, points in series for point in points]
    low_x, high_x = math.floor(math.log10(min(records))), math.ceil(math.log10(max(records)))
    low_y, high_y = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))

    def place(point):
        return (left + (math.log10(point[0]) - low_x) / (high_x - low_x) * (right - left),
                bottom - (math.log10(point[1]) - low_y) / (high_y - low_y) * (bottom - top))

    for power in range(low_x, high_x + 1):
        at, _ = place((10 ** power, 10 ** low_y))
        drawn += [line(at, top, at, bottom), text(at, bottom + 16, f"{10 ** power:,}", "middle quiet")]
    for power in range(low_y, high_y + 1):
        _, at = place((10 ** low_x, 10 ** power))
        drawn += [line(left, at, right, at), text(left - 6, at + 4, duration(10 ** power), "end quiet")]
    drawn.append(text((left + right) / 2, bottom + 32, "records", "middle quiet"))
    # Ours last, so that it lies on top.
    for engine, points in sorted(series, key=lambda one: results.is_ours(one[0])):
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in map(place, points))
        drawn.append(f'<polyline class="line {side(engine)}" points="{path}"/>')
        drawn += [f'<circle class="{side(engine)}" cx="{px:.1f}" cy="{py:.1f}" r="2.5"/>' for px, py in map(place, points)]
    ends = sorted((place(points[-1])[1], engine) for engine, points in series)
    for (end, engine), at in zip(ends, spaced_out([end[0] for end in ends], 14, bottom)):
        drawn.append(line(right + 4, end, right + 16, at))
        drawn.append(text(right + 19, at + 4, engine, "bold" if results.is_ours(engine) else "quiet"))
    return drawn


def draw(build, name, page, growing):
    """The whole plot of one build. `page` is the input of the bars, `growing` the inputs of the lines, which only engines have that
    were measured with all of them."""
    engines = list(dict.fromkeys(row["engine"] for row in build["rows"] if row["job"] == "decode"))
    series = []
    for engine in engines:
        rows = [results.find(build, f"decode/{one}/{engine}") for one in growing]
        if all(rows):
            series.append((engine, [(row["records"], results.best_time(row)) for row in rows]))
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
             f'aria-label="Speed of decoding and encoding a page of calls, and time against the number of calls">',
             f"<style>{STYLE}\n</style>",
             f'<rect class="page" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="6"/>',
             *bars(20, 30, 370, 350, "Decode 1,000 calls", results.rows_of(build, "decode", page)),
             *bars(410, 30, 340, 350, "Encode 1,000 calls", results.rows_of(build, "encode", page)),
             *lines(778, 30, 394, 366, "Decode: time against calls", series),
             text(20, HEIGHT - 14, f"{name}, {build['machine']['cpu']}, {build['date']}. Longer bars are faster. How measured: docs/benchmarks.md",
                  "quiet"),
             "</svg>"]
    return "\n".join(parts) + "\n"
