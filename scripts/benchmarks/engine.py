"""The AT engine beside a raw C loop and pyserial on the same terminal; the protocol core alone.

    scripts/bench engine [--only PART ...] [--rounds 5] [--samples 1000] [--warm-up 300] [--full] [--build FOLDER]

Parts (default: all): turns, message, paced, storm, many, core, allocations. --full makes it 7 rounds of 5000 samples.
The modem is a C program on a pty master; see engine/peer.c for what it answers.
"""

import argparse
import os
import subprocess
import sys

from common import Report, c_program, percentile, progress, python_with_serial, ratios, rotated, swift_product, SOURCES

WORKLOADS = {
    "W1": "AT",
    "W2": "AT+CSQ",
    "W3": "AT+CSSLCFG?, ten lines",
    "W4": "publish, five turnarounds",
}
PACE = 115200


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench engine", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--warm-up", type=int, default=300)
    parser.add_argument("--full", action="store_true", help="7 rounds of 5000 samples")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--modems", type=int, default=256)
    parser.add_argument("--build", help="a folder with moonwire-bench in it, instead of building it")
    options = parser.parse_args()
    if options.full:
        options.rounds, options.samples = 7, 5000
    report = Report("engine", options)
    clients = Clients(options)
    for part in options.only:
        PARTS[part](clients, report, options)
        report.save()
    report.finish()


class Clients:
    """The programs to be compared: how each is started on a terminal."""

    def __init__(self, options):
        self.warm_up = options.warm_up
        self.peer = c_program("engine/peer.c")
        self.raw_client = c_program("engine/raw_client.c")
        self.counter = c_program("engine/malloc_count.c", "-shared", "-fPIC", name="libmalloc_count.so")
        self.swift = swift_product("moonwire-bench", options.build)
        self.python = python_with_serial()

    def raw(self, path, samples, workloads):
        return [self.raw_client, path, samples, self.warm_up, *workloads]

    def moonwire(self, path, samples, workloads, place="executor"):
        return [self.swift, "turns", path, samples, self.warm_up, place, *workloads]

    def moonwire_thread(self, path, samples, workloads):
        return self.moonwire(path, samples, workloads, "thread")

    def moonwire_script(self, path, samples, workloads):
        """Messages only."""
        return [self.swift, "lua-messages", path, samples, self.warm_up]

    def pyserial(self, path, samples, workloads, loop="readline"):
        client = SOURCES / "engine" / "pyserial_client.py"
        return [self.python, client, path, samples, self.warm_up, loop, *workloads]

    def pyserial_waiting(self, path, samples, workloads):
        return self.pyserial(path, samples, workloads, "in_waiting")

    def swift_lines(self, *arguments, preload=None):
        """What moonwire-bench prints, split at its commas."""
        return output([self.swift, *arguments], preload)


class Peer:
    """The modem on a fresh pty; gives the path of the terminal."""

    def __init__(self, program, pace=None):
        self.command = [program, *([str(pace)] if pace else [])]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        return self.process.stdout.readline().strip()

    def __exit__(self, *_):
        self.process.stdout.close()
        self.process.terminate()
        self.process.wait()


def output(command, preload=None):
    environment = dict(os.environ, LD_PRELOAD=str(preload)) if preload else None
    command = [str(word) for word in command]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return [line.split(",") for line in done.stdout.splitlines()]


def measured(part, clients, programs, workloads, report, samples, rounds, pace=None):
    """Percentiles per round: {workload: {program: [(p50, p99), …]}}."""
    table = {w: {name: [] for name in programs} for w in workloads}
    for number in range(rounds):
        for name in rotated(programs, number):
            progress(f"{part}: round {number + 1} of {rounds}, {name}")
            times = {w: [] for w in workloads}
            with Peer(clients.peer, pace) as path:
                for workload, value in output(programs[name](path, samples, workloads)):
                    times[workload].append(int(value))
            for workload, values in times.items():
                if len(values) != samples:
                    sys.exit(f"{name} gave {len(values)} samples of {samples} for {workload}")
                for value in values:
                    report.sample(part, number, name, workload, value)
                table[workload][name].append((percentile(values, 50), percentile(values, 99)))
    progress()
    return table


def turns(clients, report, options):
    programs = {
        "raw C": clients.raw,
        "moonwire": clients.moonwire,
        "moonwire, other thread": clients.moonwire_thread,
        "pyserial readline": clients.pyserial,
        "pyserial in_waiting": clients.pyserial_waiting,
    }
    table = measured("turns", clients, programs, list(WORKLOADS), report, options.samples, options.rounds)
    report.heading("Round trips: median over the rounds of the ratio within a round [least … greatest]")
    for program, target in [("moonwire", 2.0), ("moonwire, other thread", None)]:
        for workload, meaning in WORKLOADS.items():
            for index, name in [(0, "p50"), (1, "p99")]:
                ours, raw = ([row[index] for row in table[workload][p]] for p in (program, "raw C"))
                report.line(f"{workload} {meaning}: {program} / raw C, {name}", ratios(ours, raw), "x", at_most=target)
    for program, rival, target in [
        ("moonwire", "pyserial readline", 3.0),
        ("moonwire, other thread", "pyserial readline", None),
        ("moonwire", "pyserial in_waiting", None),
    ]:
        ours, theirs = (
            [sum(table[w][p][number][0] for w in WORKLOADS) for number in range(options.rounds)]
            for p in (program, rival)
        )
        report.line(f"sum of p50 over W1 to W4: {rival} / {program}", ratios(theirs, ours), "x", at_least=target)
    report.heading("Times in microseconds, median over the rounds [least … greatest]")
    for workload in WORKLOADS:
        for program in programs:
            for index, name in [(0, "p50"), (1, "p99")]:
                report.line(f"{workload} {program} {name}", [r[index] / 1000 for r in table[workload][program]], "us")


def message(clients, report, options):
    programs = {
        "raw C": clients.raw,
        "moonwire, Lua handler": clients.moonwire_script,
        "moonwire, Swift observer": clients.moonwire,
    }
    samples = min(options.samples, 2000)
    table = measured("message", clients, programs, ["W5"], report, samples, options.rounds)
    floor = measured("message", clients, {"raw C": clients.raw}, ["W1"], report, samples, options.rounds)
    report.heading("From the modem's stamp to the handler of a received message, microseconds")
    for program in programs:
        for index, name, target in [(0, "p50", 150), (1, "p99", 1000)]:
            values = [row[index] / 1000 for row in table["W5"][program]]
            report.line(f"{program} {name}", values, "us", at_most=target if program == "moonwire, Lua handler" else None)
    report.line("half a raw round trip (W1) p50", [row[0] / 2000 for row in floor["W1"]["raw C"]], "us")


def paced(clients, report, options):
    programs = {"raw C": clients.raw, "moonwire": clients.moonwire}
    # Each sample takes milliseconds on such a line.
    samples, rounds = min(options.samples, 300), min(options.rounds, 3)
    workloads = ["W1", "W4"]
    table = measured("paced", clients, programs, workloads, report, samples, rounds, pace=PACE)
    unpaced = measured("paced", clients, {"moonwire": clients.moonwire}, workloads, report, samples, rounds)
    report.heading(f"Answers paced at {PACE} baud: what moonwire adds to the raw client, microseconds")
    for workload in workloads:
        added = [(o[0] - r[0]) / 1000 for o, r in zip(table[workload]["moonwire"], table[workload]["raw C"])]
        limit = sorted(row[0] for row in unpaced[workload]["moonwire"])[rounds // 2] / 1000
        report.line(f"{workload} p50 over raw C (target: the unpaced p50)", added, "us", at_most=limit)


def storm(clients, report, options):
    times = []
    for seed in range(1, options.rounds + 1):
        with Peer(clients.peer) as path:
            times.append(int(clients.swift_lines("storm", path, seed)[0][3]) / 1000)
    report.heading("Storm: 1000 commands among 10 000 numbered unsolicited lines, nothing lost, all in order")
    report.line(f"{len(times)} seeds, time of one", times, "ms")


def many(clients, report, options):
    rows = [clients.swift_lines("many", options.modems, 200, 20, 2)[0] for _ in range(3)]
    report.heading(f"{options.modems} simulated modems in one process, 200 exchanges and 20 messages each")
    report.line("exchanges per second", [float(row[3]) for row in rows], "/s", at_least=10_000)
    report.line("slowest / fastest session", [float(row[4]) for row in rows], "", at_most=2)
    report.line("resident memory per modem", [float(row[5]) for row in rows], "KiB", at_most=1024)


def core(clients, report, options):
    targets = {"1": 25, "16": 8, "4096": 5}
    rows = [row for _ in range(3) for row in clients.swift_lines("core", 64 if options.full else 16)]
    report.heading("The protocol core alone, nanoseconds per byte")
    for corpus, chunk in dict.fromkeys((row[1], row[2]) for row in rows):
        values = [float(row[3]) for row in rows if row[1:3] == [corpus, chunk]]
        target = 1.5 if corpus.startswith("10 KiB") and chunk == "4096" else targets[chunk]
        report.line(f"{corpus}, chunks of {chunk}", values, "ns/byte", at_most=target)


def allocations(clients, report, options):
    rows = clients.swift_lines("allocations", preload=clients.counter)
    report.heading("The protocol core alone, allocations")
    for _, corpus, chunk, per_line, _ in rows:
        is_bare = corpus == "bare AT"
        what = "per echo and lone final" if is_bare else "per line or frame"
        report.line(f"{corpus}, chunks of {chunk}, {what}", [float(per_line)], "", at_most=0 if is_bare else 1)
    report.line("submitting a command", [float(row[4]) for row in rows], "")


PARTS = {part.__name__: part for part in (turns, message, paced, storm, many, core, allocations)}

if __name__ == "__main__":
    main()
