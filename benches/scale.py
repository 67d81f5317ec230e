#!/usr/bin/env python3
"""How the cost grows with the graph: the same questions on graphs of 1, 2, 4 and 8 times the size.

    benches/scale.py target/release/tupu                      # up to 100,000 persons and 2.4 million relationships
    benches/scale.py target/release/tupu --persons 125000     # up to 1 million persons and 24 million relationships

Needs nothing but Python. The graphs are made by arithmetic, the same on every run: persons who follow 24 others and
live in cities. Each is written as CSV files, imported, and asked; each question takes the best of five runs. The last
column is the exponent of the growth, fitted over all sizes: 1 is in proportion to the graph, 0 does not depend on it.
"""
import argparse
import json
import math
import os
import shutil
import subprocess
import tempfile
import time

FOLLOWS = 24
QUESTIONS = [
    ("scan with a condition", "MATCH (p:Person) WHERE p.age > 40 AND p.name CONTAINS '99' RETURN count(*)"),
    ("group by a property", "MATCH (p:Person) RETURN p.age, count(*), avg(p.score)"),
    ("first ten in order", "MATCH (p:Person) RETURN p.id, p.score ORDER BY p.score DESC, p.id LIMIT 10"),
    ("expand once, grouped", "MATCH (p:Person)-[:LIVES_IN]->(c:City) RETURN c.name, count(*), avg(p.age)"),
    ("expand along all", "MATCH (a:Person)-[:FOLLOWS]->(b:Person) WHERE b.age < a.age RETURN count(*)"),
    ("two hops, counted", "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) WHERE c.age > 25 RETURN count(*)"),
    ("joined by an equality", "MATCH (a:Person), (b:Person) WHERE a.score = b.mirror RETURN count(*)"),
    ("no incoming relationship", "MATCH (p:Person) WHERE NOT EXISTS { ()-[:FOLLOWS]->(p) } RETURN count(*)"),
    ("two hops from one node", "MATCH (:Person {id: 7})-[:FOLLOWS]->()-[:FOLLOWS]->(c) RETURN count(*)"),
]


def write_graph(folder, persons):
    """Writes a graph as CSV files; gives how many bytes they have."""
    cities = 200
    with open(f"{folder}/cities.csv", "w") as out:
        out.write("id:ID(City){id-type:long},name,:LABEL\n")
        out.writelines(f"{city},City{city},City\n" for city in range(cities))
    with open(f"{folder}/persons.csv", "w") as out:
        out.write("id:ID(Person){id-type:long},name,age:long,score:long,mirror:long,:LABEL\n")
        for person in range(persons):
            score = person * 7919 % persons
            out.write(f"{person},Person{person},{person * 31 % 80},{score},{persons - score},Person\n")
    with open(f"{folder}/lives.csv", "w") as out:
        out.write(":START_ID(Person),:END_ID(City),:TYPE\n")
        out.writelines(f"{person},{person * 17 % cities},LIVES_IN\n" for person in range(persons))
    with open(f"{folder}/follows.csv", "w") as out:
        out.write(":START_ID(Person),:END_ID(Person),:TYPE\n")
        state = 1
        for person in range(persons):
            ends = []
            for _ in range(FOLLOWS):
                # Knuth's MMIX generator; every fourth one is followed by a tenth of all.
                state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
                end = (state >> 33) % persons
                ends.append(end // 10 if end % 4 == 0 else end)
            out.write("".join(f"{person},{end},FOLLOWS\n" for end in ends))
    return sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder))


class Tupu:
    """A conversation in the JSON Lines protocol."""

    def __init__(self, binary):
        command = [binary, "jsonl"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise SystemExit(f"{request}: {answer['error']}")
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def exponent(points):
    """The slope of the times over the sizes, both as logarithms."""
    logs = [(math.log(size), math.log(ms)) for size, ms in points]
    mean = [sum(column) / len(logs) for column in zip(*logs)]
    above = sum((x - mean[0]) * (y - mean[1]) for x, y in logs)
    return above / sum((x - mean[0]) ** 2 for x, _ in logs)


def measure(binary, persons, opens):
    """The milliseconds that each thing takes on a graph of so many persons."""
    folder = tempfile.mkdtemp(prefix="tupu-scale-")
    times = {}
    try:
        size = write_graph(folder, persons)
        tupu = Tupu(binary)
        loaded = tupu.ask(op="load", dir=folder)
        times["import of CSV files"] = loaded["elapsed_ms"]
        memory = loaded.get("rss_mb", 0)
        times["index on names"] = tupu.ask(op="run", query="CREATE INDEX FOR (p:Person) ON (p.name)")["elapsed_ms"]
        for name, query in QUESTIONS:
            runs = [tupu.ask(op="run", query=query)["elapsed_ms"] for _ in range(6)]
            times[name] = min(runs[1:])
        tupu.close()
        if opens:
            store = os.path.join(folder, "graph.tupu")
            subprocess.run([binary, "import", folder, "-o", store], check=True, stdout=subprocess.DEVNULL)
            tupu = Tupu(binary)
            start = time.perf_counter()
            tupu.ask(op="open", path=store)
            times["opening of a durable file"] = (time.perf_counter() - start) * 1000
            tupu.close()
        print(f"{persons} persons, {loaded['relationships']} relationships, {size / 1e6:.0f} MB of CSV, {memory:.0f} MB resident", flush=True)
    finally:
        shutil.rmtree(folder)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tupu", help="the binary")
    parser.add_argument("--persons", type=int, default=12_500, help="how many persons the smallest graph has")
    parser.add_argument("--factors", default="1,2,4,8", help="how many times as large the graphs are")
    parser.add_argument("--no-open", action="store_true", help="do not make and open durable files")
    options = parser.parse_args()
    sizes = [options.persons * int(factor) for factor in options.factors.split(",")]
    runs = [(size, measure(os.path.abspath(options.tupu), size, not options.no_open)) for size in sizes]
    print("\n| ms | " + " | ".join(f"{size:,} persons" for size in sizes) + " | exponent |")
    print("|---|" + "---|" * (len(sizes) + 1))
    for name in runs[0][1]:
        points = [(size, times[name]) for size, times in runs]
        cells = " | ".join(f"{ms:.3g}" if ms < 1000 else f"{ms:.0f}" for _, ms in points)
        print(f"| {name} | {cells} | {exponent(points):.2f} |")


if __name__ == "__main__":
    main()
