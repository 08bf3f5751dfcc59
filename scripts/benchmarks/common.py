"""What the suites of scripts/bench share: builds, the machine's description, the table, what is kept.

    from common import Report, swift_product

    report = Report("lua", options)              # prints the machine, makes .build/bench/lua-<time>/
    report.heading("Lines of script per second")
    report.line("moonwire / lua5.4", [0.97, 0.99, 0.98], "x", at_least=0.9)
    report.sample("turns", 0, "moonwire", "W1", 41_200)
    report.finish()                              # results.json, samples.csv.gz; says how many targets were missed
"""

import csv
import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "scripts" / "benchmarks"
BUILT = ROOT / ".build" / "bench"


class Report:
    """The figures of one run: printed as they come, kept as JSON and CSV."""

    def __init__(self, suite, options=None):
        self.folder = BUILT / f"{suite}-{time.strftime('%Y%m%d-%H%M%S')}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.samples = []
        self.missed = 0
        self.results = {
            "suite": suite,
            "machine": machine(),
            "options": {name: str(value) for name, value in vars(options).items()} if options else {},
            "lines": [],
        }
        show_machine(self.results["machine"])

    def heading(self, text):
        print(f"\n{text}", flush=True)

    def line(self, name, values, unit, at_most=None, at_least=None):
        """One figure: the median of `values`, their spread, and whether the target is met."""
        middle = statistics.median(values)
        verdict = ""
        for target, sign, is_met in [
            (at_most, "<=", at_most is None or middle <= at_most),
            (at_least, ">=", at_least is None or middle >= at_least),
        ]:
            if target is not None:
                verdict += f"  target {sign} {target:g}: {'met' if is_met else 'MISSED'}"
                self.missed += 0 if is_met else 1
        print(f"  {name:<66} {middle:>10.2f} {unit:<8} [{min(values):.2f} … {max(values):.2f}]{verdict}", flush=True)
        self.results["lines"].append(
            {
                "name": name,
                "median": middle,
                "unit": unit,
                "values": list(values),
                "at_most": at_most,
                "at_least": at_least,
            }
        )

    def sample(self, part, round_number, client, workload, value):
        self.samples.append((part, round_number, client, workload, value))

    def save(self):
        (self.folder / "results.json").write_text(json.dumps(self.results, indent=1) + "\n")
        if self.samples:
            with gzip.open(self.folder / "samples.csv.gz", "wt", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["part", "round", "client", "workload", "value"])
                writer.writerows(self.samples)

    def finish(self):
        self.save()
        missed = f", {self.missed} targets missed" if self.missed else ""
        print(f"\nkept in {self.folder.relative_to(ROOT)}{missed}")


def swift_product(name, folder=None):
    """The release executable of a product, built unless a folder with it is given."""
    if folder is None:
        # As scripts/moonwire builds it.
        command = ["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", name]
        print(f"building {name}", file=sys.stderr)
        subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)
        shown = subprocess.run([*command, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
        folder = Path(shown.stdout.strip())
    return Path(folder) / name


def c_program(source, *flags, name=None):
    """Compiles a C file of scripts/benchmarks/ when it is newer than its program, and returns the program."""
    source = SOURCES / source
    program = BUILT / (name or source.stem)
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        BUILT.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cc", "-O2", "-Wall", "-o", program, source, *flags], check=True)
    return program


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def ratios(ours, theirs):
    """Round by round: like is compared with like when the machine's speed drifts."""
    return [a / b for a, b in zip(ours, theirs, strict=True)]


def rotated(names, round_number):
    """The order of the programs turns each round, so that none always runs first."""
    names = list(names)
    first = round_number % len(names)
    return names[first:] + names[:first]


def progress(text=""):
    """A line on standard error that the next one replaces; nothing when that is no terminal."""
    if sys.stderr.isatty():
        print(f"\r{text:<70}\r", end="", file=sys.stderr, flush=True)


def python_with_serial():
    """A Python with pyserial 3.5: the system's if it has it, else one in .build/bench."""
    check = ["-c", "import serial; assert serial.__version__ == '3.5'"]
    for python in ["/usr/bin/python3", sys.executable, str(BUILT / "venv" / "bin" / "python")]:
        if os.access(python, os.X_OK) and subprocess.run([python, *check], capture_output=True).returncode == 0:
            return python
    subprocess.run([sys.executable, "-m", "venv", BUILT / "venv"], check=True)
    python = str(BUILT / "venv" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "pyserial==3.5"], check=True)
    return python


def machine():
    """What a figure depends on: processor, cores, kernel, load."""
    model = "unknown"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "load": os.getloadavg()[0],
        "time": time.strftime("%Y-%m-%d %H:%M:%S"),
    }


def show_machine(m):
    print(f"{m['cpu']}, {m['cores']} cores, Linux {m['kernel']}, load {m['load']:.1f} at the start")
    if m["load"] > 0.5:
        print("The machine is not idle: ratios within a round compare like with like, times do not.")
