"""Serial, TCP and RFC 2217 ports: what each adds to a command; CPU of 8 scripts on 8 paced modules.

    scripts/bench ports [--only PART ...] [--rounds 5] [--samples 500] [--seconds 10] [--build FOLDER]

Parts (default: all): latency, many. In `latency` the modem is a C program on a pty master, the remote ports are served by
a real ser2net in front of it, and the floor is a C client on the same terminal. In `many` each script has a simulated
module of its own on a pty, whose answers are paced at 115 200 baud: first it asks without any pause, so that the line is
never idle, then ten times a second. A C client and a pyserial client do the first as well.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from common import Report, c_program, percentile, progress, python_with_serial, rotated, swift_product, SOURCES

COMMAND = {"W1": "AT", "W2": "AT+CSQ"}
MODULES = 8
PACE = 115200


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench ports", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--samples", type=int, default=500)
    parser.add_argument("--warm-up", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=10, help="how long the scripts of `many` work")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--build", help="a folder with moonwire in it, instead of building it")
    options = parser.parse_args()
    report = Report("ports", options)
    moonwire = swift_product("moonwire", options.build)
    for part in options.only:
        PARTS[part](moonwire, report, options)
        report.save()
    report.finish()


@contextmanager
def running(command, **arguments):
    process = subprocess.Popen([str(word) for word in command], **arguments)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def served(folder, accepter, device):
    """ser2net in front of a terminal; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = Path(folder) / f"ser2net-{port}.yaml"
    path.write_text(
        f"connection: &con0\n  accepter: {accepter},127.0.0.1,{port}\n"
        f"  connector: serialdev,{device},115200n81,local\n"
    )
    command = ["/usr/sbin/ser2net", "-n", "-u", "-c", path, "-P", path.with_suffix(".pid")]
    with running(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                if time.monotonic() > deadline:
                    sys.exit("ser2net does not start")
                time.sleep(0.05)
        # That connection has to be over before the next one is let in.
        time.sleep(0.2)
        yield port


@contextmanager
def environment():
    with tempfile.TemporaryDirectory() as folder:
        yield folder, dict(os.environ, XDG_STATE_HOME=folder, MOONWIRE_SYSFS=folder)


def latency(moonwire, report, options):
    peer, raw = c_program("engine/peer.c"), c_program("engine/raw_client.c")

    def run(port, workload, env):
        sets = {"command": COMMAND[workload], "samples": options.samples, "warm_up": options.warm_up}
        words = [word for key, value in sets.items() for word in ("--set", f"{key}={value}")]
        script = SOURCES / "ports" / "turns.lua"
        done = subprocess.run(
            [moonwire, "run", "--quiet", "-p", port, *words, script], env=env, capture_output=True, text=True
        )
        if done.returncode != 0:
            sys.exit(f"{port}: {done.stdout}{done.stderr}")
        return [int(word) for word in done.stdout.split()]

    def direct(path, workload, env, folder):
        command = [raw, path, options.samples, options.warm_up, workload]
        done = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
        return [int(line.split(",")[1]) for line in done.stdout.splitlines()]

    def serial(path, workload, env, folder):
        return run(path, workload, env)

    def remote(accepter, scheme):
        def measure(path, workload, env, folder):
            with served(folder, accepter, path) as port:
                return run(f"{scheme}://127.0.0.1:{port}", workload, env)

        return measure

    programs = {
        "C on the terminal": direct,
        "serial": serial,
        "TCP": remote("tcp", "tcp"),
        "RFC 2217": remote("telnet(rfc2217),tcp", "rfc2217"),
    }
    middle = {w: {name: [] for name in programs} for w in COMMAND}
    with environment() as (folder, env):
        for number in range(options.rounds):
            for name in rotated(programs, number):
                for workload in COMMAND:
                    progress(f"latency: round {number + 1} of {options.rounds}, {name}, {workload}")
                    with running([peer], stdout=subprocess.PIPE, text=True) as process:
                        path = process.stdout.readline().strip()
                        values = programs[name](path, workload, env, folder)
                    for value in values:
                        report.sample("latency", number, name, workload, value)
                    middle[workload][name].append(percentile(values, 50) / 1000)
    progress()
    report.heading("What a script's command takes longer than a C client's on the same terminal, p50, microseconds")
    for workload, table in middle.items():
        floor = table["C on the terminal"]
        for name, values in table.items():
            added = [value - least for value, least in zip(values, floor, strict=True)]
            if name != "C on the terminal":
                report.line(f"{COMMAND[workload]} over {name}, added", added, "us")
        report.line(f"{COMMAND[workload]}, the C client itself", floor, "us")


def many(moonwire, report, options):
    def script(pause):
        settings = ["--set", f"seconds={options.seconds}", "--set", f"pause={pause}"]
        return lambda path: [moonwire, "run", "--quiet", "-p", path, *settings, SOURCES / "ports" / "work.lua"]

    report.heading(f"{MODULES} scripts at once on {MODULES} simulated modules at {PACE} baud, two commands a round")
    for name, pause, target in [("without pause", 0, 25), ("ten rounds a second", 0.1, None)]:
        progress(f"many: {name}, {options.seconds} s")
        wall, count, scripts, modules = at_once(moonwire, script(pause), lambda output: int(output or 0))
        progress()
        report.line(f"{name}: commands a second in all", [count / wall], "/s")
        report.line(f"{name}: CPU of the scripts' processes, of one core", [100 * scripts / wall], "%", at_most=target)
        report.line(f"{name}: CPU of the simulated modules' processes", [100 * modules / wall], "%")
        report.line(f"{name}: CPU per command, scripts only", [1e6 * scripts / max(1, count)], "us")

    raw = c_program("engine/raw_client.c")
    pyserial = [python_with_serial(), SOURCES / "engine" / "pyserial_client.py"]
    samples = 250 * options.seconds
    for name, client in [
        ("C, nothing understood", lambda path: [raw, path, samples, 0, "W2"]),
        ("pyserial, readline", lambda path: [*pyserial, path, samples, 0, "readline", "W2"]),
    ]:
        progress(f"many: {name}, {options.seconds} s")
        wall, count, clients, _ = at_once(moonwire, client, lambda output: output.count("W2"))
        progress()
        report.line(f"{name}, AT+CSQ without pause: CPU of one core", [100 * clients / wall], "%")
        report.line(f"{name}, AT+CSQ without pause: CPU per command", [1e6 * clients / count], "us")


def at_once(moonwire, client, counted):
    """Wall time; commands and CPU seconds of all clients, and CPU seconds of their modules.

    `client` makes a client's command line from its port; `counted` its number of commands from its output.
    """
    count, clients = 0, 0.0
    with environment() as (folder, env):
        servers = []
        try:
            for number in range(MODULES):
                link = f"{folder}/modem{number}"
                command = [moonwire, "sim", "--pty", link, "--fault", f"speed={PACE}"]
                server = subprocess.Popen([str(w) for w in command], env=env, stdout=subprocess.PIPE, text=True)
                servers.append(server)
                server.stdout.readline()
            before = [cpu_seconds(server.pid) for server in servers]
            start = time.monotonic()
            work = [
                subprocess.Popen(
                    [str(word) for word in client(f"{folder}/modem{number}")], env=env, stdout=subprocess.PIPE, text=True
                )
                for number in range(MODULES)
            ]
            for process in work:
                count += counted(process.stdout.read())
                _, status, usage = os.wait4(process.pid, 0)
                if status != 0:
                    sys.exit(f"a script failed: {status}")
                clients += usage.ru_utime + usage.ru_stime
            wall = time.monotonic() - start
            modules = sum(cpu_seconds(server.pid) - spent for server, spent in zip(servers, before, strict=True))
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait()
    return wall, count, clients, modules


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


PARTS = {"latency": latency, "many": many}

if __name__ == "__main__":
    main()
