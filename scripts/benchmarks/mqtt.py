"""MQTT through moonwire sim on a pty: messages of 100 bytes at QoS 1, beside the same flow written with pyserial.

    scripts/bench mqtt [--rounds 5] [--messages 1000] [--paced 60] [--build FOLDER]

Each message is published and comes back through a real mosquitto before the next one is sent. Both programs talk to the
same simulated module, round by round in turn. The paced part does the same on a line of 115200 bits per second: what the
line needs at least is the wire time of the bytes that the module sent and that were sent to it, one after the other.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from common import Report, progress, python_with_serial, ratios, rotated, swift_product, SOURCES

PACE = 115200


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench mqtt", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--paced", type=int, default=60, help="messages a round on the paced line")
    parser.add_argument("--build", help="a folder with moonwire in it, instead of building it")
    options = parser.parse_args()
    report = Report("mqtt", options)
    moonwire = swift_product("moonwire", options.build)
    with tempfile.TemporaryDirectory(prefix="moonwire-bench-") as folder:
        programs = Programs(moonwire, Path(folder))
        fast = measured(programs, report, options.rounds, options.messages)
        report.heading(f"Publish and receive, {options.messages} messages of 100 bytes, QoS 1")
        rates = {name: [1 / seconds for seconds, _ in rows] for name, rows in fast.items()}
        for name, values in rates.items():
            report.line(f"{name}", values, "msg/s")
        report.line("moonwire / pyserial", ratios(rates["moonwire"], rates["pyserial"]), "x", at_least=3)

        paced = measured(programs, report, options.rounds, options.paced, PACE)
        report.heading(f"The same at {PACE} bits per second: share of what the line allows")
        for name, rows in paced.items():
            # One after the other, as each answer waits for its command.
            share = [100 * (count * 10 / PACE) / seconds for seconds, count in rows]
            report.line(f"{name}", share, "%", at_least=95 if name == "moonwire" else None)
    report.finish()


class Programs:
    def __init__(self, moonwire, folder):
        self.moonwire = moonwire
        self.folder = folder
        self.python = python_with_serial()
        self.environment = {
            "PATH": "/usr/sbin:/usr/bin:/bin",
            "HOME": str(folder),
            "XDG_STATE_HOME": f"{folder}/state",
            "XDG_CACHE_HOME": f"{folder}/cache",
        }

    def command(self, name, link, messages):
        if name == "moonwire":
            script = SOURCES / "mqtt" / "flow.lua"
            return [self.moonwire, "run", "-p", link, "--quiet", "--set", f"messages={messages}", script]
        return [self.python, SOURCES / "mqtt" / "pyserial_flow.py", link, messages]

    def run(self, name, link, messages):
        """Seconds a message, and how many bytes passed the line for one."""
        command = [str(word) for word in self.command(name, link, messages)]
        done = subprocess.run(command, capture_output=True, text=True, env=self.environment)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        result = json.loads(done.stdout)
        return result["seconds"] / messages, result.get("bytes", 0) / messages


class Module:
    """moonwire sim on a fresh pty, its broker included."""

    def __init__(self, programs, pace):
        self.link = str(programs.folder / "modem0")
        self.command = [str(programs.moonwire), "sim", "--pty", self.link]
        self.command += ["--fault", f"speed={pace}"] if pace else []
        self.environment = programs.environment

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True, env=self.environment)
        self.process.stdout.readline()
        return self.link

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def measured(programs, report, rounds, messages, pace=None):
    """{program: [(seconds a message, bytes a message), …]}, one of each a round."""
    rows = {"moonwire": [], "pyserial": []}
    part = "paced" if pace else "fast"
    for number in range(rounds):
        with Module(programs, pace) as link:
            for name in rotated(rows, number):
                progress(f"{part}: round {number + 1} of {rounds}, {name}")
                seconds, count = programs.run(name, link, messages)
                report.sample(part, number, name, "publish and receive", seconds)
                rows[name].append((seconds, count))
        # The flow is the same, so are the bytes; pyserial counts them.
        counted = rows["pyserial"][-1][1]
        rows["moonwire"][-1] = (rows["moonwire"][-1][0], counted)
    progress()
    return rows


if __name__ == "__main__":
    main()
