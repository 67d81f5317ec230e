#!/usr/bin/env python3
"""Holds one run of the benchmarks against another.

    cargo bench --bench engine | tee before.txt     # keep a run
    cargo bench --bench engine | tee after.txt      # and one of another version, right after it
    benches/compare.py before.txt after.txt [--limit 1.2]

Prints the medians of every benchmark that is in both and how many times as long the second takes, the slowest-grown
first; ends with status 1 where one takes more than `--limit` times as long.
"""
import argparse
import re
import sys

UNITS = {"ps": 1e-3, "ns": 1.0, "µs": 1e3, "ms": 1e6, "s": 1e9}
ROW = re.compile(r"^(?P<indent>[│ ]*)[├╰]─ (?P<name>\S+)(?P<rest>.*)$")
TIME = re.compile(r"([\d.]+) (ps|ns|µs|ms|s)\b")


def medians(path):
    """The medians of a run in nanoseconds, by the names of the benchmarks."""
    found, above = {}, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = ROW.match(line)
            if not row:
                continue
            depth = len(row["indent"]) // 3
            above[depth:] = [row["name"]]
            times = TIME.findall(row["rest"])
            # Fastest, slowest, median, mean.
            if len(times) >= 3:
                value, unit = times[2]
                found["/".join(above)] = float(value) * UNITS[unit]
    return found


def text(nanoseconds):
    for unit in ("s", "ms", "µs"):
        if nanoseconds >= UNITS[unit]:
            return f"{nanoseconds / UNITS[unit]:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before")
    parser.add_argument("after")
    parser.add_argument("--limit", type=float, default=float("inf"), help="the most that a time may grow by")
    options = parser.parse_args()
    before, after = medians(options.before), medians(options.after)
    both = [(after[name] / before[name], name) for name in before if name in after]
    if not both:
        sys.exit("the two files have no benchmark in common")
    for ratio, name in sorted(both, reverse=True):
        print(f"{ratio:6.2f}  {text(before[name]):>9} → {text(after[name]):>9}  {name}")
    for name in sorted(before.keys() ^ after.keys()):
        print(f"  only in {'the first' if name in before else 'the second'}: {name}")
    sys.exit(any(ratio > options.limit for ratio, _ in both))


if __name__ == "__main__":
    main()
