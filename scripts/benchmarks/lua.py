"""The Lua runtime beside plain C hosts on the same library: host calls, waits, patterns, memory, times.

    scripts/bench lua [--rounds 9] [--build FOLDER]

The same scripts (lua/*.lua) run under a C host on the system's Lua without hook or limits, under the shim driven from C,
and under the whole runtime, in turns. Calls, waits and matches are timed by the processor time of the thread that runs
Lua, so that other programs do not count; everything else by the clock.
"""

import argparse
import shlex
import subprocess
import sys

from common import ROOT, SOURCES, Report, c_program, progress, ratios, rotated, swift_product

SHIM = ROOT / "Sources" / "CLuaShim"


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench lua", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--build", help="a folder with moonwire-bench in it, instead of building it")
    options = parser.parse_args()
    swift = swift_product("moonwire-bench", options.build)
    programs = {
        "plain C": [plain_host()],
        "shim from C": [shim_host()],
        "moonwire": [swift, "lua"],
    }
    report = Report("lua", options)
    comparison(programs, report, options.rounds)
    report.save()
    rows(swift, report, options.rounds)
    report.finish()


def library(*what):
    found = subprocess.run(["pkg-config", *what, "lua5.4"], check=True, capture_output=True, text=True)
    return shlex.split(found.stdout)


def plain_host():
    return c_program("lua/plain.c", *library("--cflags", "--libs"), "-lpthread", name="lua-plain")


def shim_host():
    """Built anew each time: it is the shim's sources that change."""
    (program := ROOT / ".build" / "bench" / "lua-shim").unlink(missing_ok=True)
    sources = sorted(str(path) for path in SHIM.glob("*.c"))
    flags = [*sources, f"-I{SHIM / 'include'}", *library("--cflags", "--libs"), "-lpthread"]
    return c_program("lua/shim.c", *flags, name=program.name)


def values(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(word) for word in command)}\n{done.stderr}")
    return [float(value) for value in done.stdout.strip().split(",")]


def comparison(programs, report, rounds):
    scripts = ["sync", "wait", "hop", "match", "lazy"]
    table = {name: {script: [] for script in scripts} for name in programs}
    for number in range(rounds):
        for script in scripts:
            for name in rotated(programs, number):
                progress(f"round {number + 1} of {rounds}: {script}, {name}")
                found = values([*programs[name], SOURCES / "lua" / f"{script}.lua"])
                table[name][script].append(found)
                for value in found:
                    report.sample("lua", number, name, script, value)
    progress()
    first = {name: {script: [row[0] for row in table[name][script]] for script in scripts} for name in programs}
    tail = {name: [row[1] for row in table[name]["hop"]] for name in programs}
    report.heading("Ratios: median over the rounds of the ratio within a round [least … greatest]")
    for name in ["moonwire", "shim from C"]:
        targets = {"sync": 2.5, "wait": 3.0, "match": 1.5, "lazy": 1.5} if name == "moonwire" else {}
        for script, meaning in [
            ("sync", "synchronous host call"),
            ("wait", "wait, no hop"),
            ("match", "match of a +CSQ line"),
            ("lazy", "lazy scan"),
        ]:
            pair = ratios(first[name][script], first["plain C"][script])
            report.line(f"{meaning}: {name} / plain C", pair, "x", at_most=targets.get(script))
        limit = 3.0 if name == "moonwire" else None
        pair = ratios(first[name]["hop"], first["plain C"]["hop"])
        report.line(f"wait round trip to a thread and back, p50: {name} / plain C", pair, "x", at_most=limit)
        report.line(f"the same, p99: {name} / plain C", ratios(tail[name], tail["plain C"]), "x", at_most=limit)
    report.heading("Times [least … greatest]")
    for script, unit, scale in [("sync", "ns", 1), ("wait", "ns", 1), ("match", "ns", 1), ("lazy", "us", 1000)]:
        for name in programs:
            report.line(f"{script}: {name}", [value / scale for value in first[name][script]], unit)
    for name in programs:
        report.line(f"hop p50: {name}", [value / 1000 for value in first[name]["hop"]], "us")
        report.line(f"hop p99: {name}", [value / 1000 for value in tail[name]], "us")


def rows(swift, report, rounds):
    found = {}
    progress("memory, first byte, interruption")
    command = [str(swift), "lua-rows", str(SOURCES / "lua" / "first.lua"), str(max(rounds, 9))]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    for line in done.stdout.splitlines():
        name, value = line.split(",")
        found.setdefault(name, []).append(float(value))
    progress()
    report.heading("The runtime alone [least … greatest]")
    report.line("memory of a VM after boot, all modules bound", [v / 1024 for v in found["boot"]], "KiB", at_most=64)
    report.line("1000 parked tasks, Lua and Swift", [v / 2**20 for v in found["parked"]], "MiB", at_most=4)
    report.line("script start to first byte, port open", [v / 1000 for v in found["first-byte"]], "ms", at_most=10)
    report.line("interrupt to the first error in a loop", [v / 1000 for v in found["interrupt"]], "ms", at_most=1)


if __name__ == "__main__":
    main()
