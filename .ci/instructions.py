#!/usr/bin/env python3
"""Counts the instructions of a handful of fixed statements, so that none becomes slower unnoticed.

    .ci/instructions.py              compares with .ci/instructions.json; fails where one takes over 20 % more
    .ci/instructions.py --record     writes the counts there

Time is noise on a shared machine; valgrind's callgrind counts the same on each. A statement's count is what a run with
it takes more than a run with the statements before it. Counts are of the debug build of one compiler: with another
compiler, or without valgrind, one line says so and nothing is compared.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
RECORD = os.path.join(HERE, "instructions.json")
TOLERANCE = 0.20

SETUP = """
CREATE INDEX FOR (p:Person) ON (p.id);
UNWIND range(0, 199) AS x CREATE (:Person {id: x, age: x * 7 % 60, name: 'n' + x, city: 'c' + x % 9});
UNWIND range(0, 199) AS x UNWIND [1, 2, 3, 7, 31] AS step WITH x, (x * step + step) % 200 AS y WHERE x <> y
MATCH (a:Person {id: x}), (b:Person {id: y}) CREATE (a)-[:FOLLOWS]->(b);
"""
STATEMENTS = {
    "filter": "MATCH (p:Person) WHERE p.age > 30 AND p.name CONTAINS '9' RETURN count(*);",
    "three hops": "MATCH (:Person {id: 5})-[:FOLLOWS]->()-[:FOLLOWS]->()-[:FOLLOWS]->(d) RETURN count(*);",
    "pairs of hops": "MATCH (a)-[:FOLLOWS]->(b)-[:FOLLOWS]->(c) WHERE c.age > 25 RETURN count(*);",
    "triangles": "MATCH (a)-[:FOLLOWS]->(b)-[:FOLLOWS]->(c)-[:FOLLOWS]->(a) RETURN count(*);",
    "reach": "MATCH (:Person {id: 5})-[:FOLLOWS*1..5]->(d) RETURN count(DISTINCT d);",
    "shortest path": "MATCH p = shortestPath((:Person {id: 5})-[:FOLLOWS*]->(:Person {id: 190})) RETURN length(p);",
    "groups": "MATCH (p:Person)-[:FOLLOWS]->(q) RETURN p.city, count(*), avg(q.age) ORDER BY p.city;",
    "top": "MATCH (p:Person) RETURN p.name, p.age ORDER BY p.age DESC, p.name LIMIT 5;",
}


def count(program, script, folder):
    """The instructions that a run of the statements takes."""
    graph = os.path.join(folder, "empty.ron")
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    run = subprocess.run(
        [*command, program, "query", graph, "-c", script], capture_output=True, text=True, check=False
    )
    collected = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not collected:
        sys.exit(f"the statements did not run:\n{run.stderr}")
    return int(collected[1])


def main():
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed")
        return
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    is_recording = "--record" in sys.argv
    recorded = {} if is_recording else json.load(open(RECORD, encoding="utf-8"))
    if not is_recording and recorded["compiler"] != compiler:
        print(f"skipped: counts are of {recorded['compiler']}, this is {compiler}")
        return
    program = os.path.join(ROOT, "target/debug/tupu")
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "empty.ron"), "w", encoding="utf-8") as file:
            file.write("Graph(version: 1)")
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            found = list(pool.map(lambda text: count(program, SETUP + text, folder), ["", *STATEMENTS.values()]))
    base = found[0]
    counts = {"setup": base, **{name: all - base for name, all in zip(STATEMENTS, found[1:])}}
    if is_recording:
        with open(RECORD, "w", encoding="utf-8") as file:
            json.dump({"compiler": compiler, "counts": counts}, file, indent=2)
            file.write("\n")
    slower = 0
    for name, now in counts.items():
        before = recorded.get("counts", counts)[name]
        is_slower = now > before * (1 + TOLERANCE)
        slower += is_slower
        print(f"{name:14} {now:>12,}  {(now / before - 1) * 100:+6.1f} %{'  SLOWER' if is_slower else ''}")
    if slower:
        sys.exit("more instructions than recorded: find out why, or record them anew with a reason")


if __name__ == "__main__":
    main()
