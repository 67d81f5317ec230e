#!/usr/bin/env python3
"""Checks licences and sources of all dependencies against deny.toml, where `cargo deny` is not installed.

Knows as much of deny.toml as is used there: `licenses.allow`, `licenses.exceptions`, `sources.allow-registry`. Needs no
network.
"""

import json
import re
import subprocess
import sys
import tomllib


class Expression:
    """An SPDX expression: `MIT OR (Apache-2.0 WITH LLVM-exception AND ISC)`; a slash is an old way to write OR."""

    def __init__(self, text, allowed):
        self.tokens = re.findall(r"[()]|[^\s()]+", text.replace("/", " OR "))
        self.allowed = allowed

    def holds(self):
        held = self.any_of()
        return held and not self.tokens

    def any_of(self):
        held = self.all_of()
        while self.take("OR"):
            held = self.all_of() or held
        return held

    def all_of(self):
        held = self.one()
        while self.take("AND"):
            held = self.one() and held
        return held

    def one(self):
        if self.take("("):
            held = self.any_of()
            return self.take(")") and held
        name = self.tokens.pop(0) if self.tokens else ""
        if self.take("WITH"):
            name += " WITH " + (self.tokens.pop(0) if self.tokens else "")
        return name in self.allowed

    def take(self, token):
        is_there = bool(self.tokens) and self.tokens[0].upper() == token
        if is_there:
            self.tokens.pop(0)
        return is_there


def faults(packages, rules):
    allowed = set(rules["licenses"]["allow"])
    exceptions = {one["crate"]: set(one["allow"]) for one in rules["licenses"].get("exceptions", [])}
    registries = {f"registry+{url}" for url in rules["sources"]["allow-registry"]}
    for package in packages:
        name = f"{package['name']} {package['version']}"
        licence = package["license"] or ""
        if not Expression(licence, allowed | exceptions.get(package["name"], set())).holds():
            yield f"{name}: the licence {licence!r} is not among those that deny.toml allows"
        # What has no source is the package itself.
        if package["source"] not in registries and package["source"] is not None:
            yield f"{name}: comes from {package['source']}, which deny.toml does not allow"


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main():
    with open("deny.toml", "rb") as file:
        rules = tomllib.load(file)
    # What other systems would need is not there to be looked at.
    told = output("rustc", "-vV").splitlines()
    host = next(line.split()[1] for line in told if line.startswith("host:"))
    metadata = output("cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host)
    packages = json.loads(metadata)["packages"]
    found = sorted(faults(packages, rules))
    print("\n".join(found) or f"{len(packages)} packages: licences and sources are as deny.toml asks")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
