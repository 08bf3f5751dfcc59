"""Serial, TCP and RFC 2217 ports: what each adds to a command; CPU of 8 scripts on 8 paced modules.

    scripts/bench ports [--only PART ...] [--rounds 5] [--samples 500] [--seconds 10] [--build FOLDER]

Parts (default: all): latency, many. In `latency` the modem is a C program on a pty master, the remote ports are served by
a real ser2net in front of it, and the floor is a C client on the same terminal. In `many` each script has a simulated
module of its own on a pty, and both directions are paced at 115 200 baud: the examples that provision a unit and upload
readings, one run after the other, and a script that only asks short questions. Modules at real pace take the time of real
ones for an answer; the others answer at once, so that the line is never idle: that is the worst that can happen, and a C
client and a pyserial client do the same beside it.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from common import Report, c_program, percentile, progress, python_with_serial, rotated, swift_product, SOURCES

COMMAND = {"W1": "AT", "W2": "AT+CSQ"}
MODULES = 8
PACE = 115200
READINGS = 100
EXAMPLES = SOURCES.parent.parent / "examples"


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
        yield folder, dict(os.environ, XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder, MOONWIRE_SYSFS=folder)


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
    def commands(pause):
        settings = ["--set", f"seconds={options.seconds}", "--set", f"pause={pause}"]
        return lambda path, folder: [*run, "-p", path, *settings, SOURCES / "ports" / "work.lua"]

    def provision(path, folder):
        certificates = f"{folder}/moonwire/broker"
        settings = ["--params", EXAMPLES / "data" / "unit-001.json", "--set", f"certs={certificates}"]
        return [*run, "-p", path, *settings, "--allow-read", certificates, EXAMPLES / "provision-unit.lua"]

    def upload(path, folder):
        certificates = f"{folder}/moonwire/broker"
        settings = ["--set", f"certs={certificates}", "--set", f"file={folder}/readings.jsonl"]
        folders = ["--allow-read", certificates, "--allow-read", folder]
        return [*run, "-p", path, *settings, *folders, EXAMPLES / "upload-batch.lua"]

    run = [moonwire, "run", "--quiet"]
    real, fast = ["--pace", "real"], []
    asked = lambda output: int(output or 0)
    works = [
        # What it is, the unit of its count, its command line, how it counts, the modules' pace.
        ("units provisioned one after the other", "unit", provision, lambda output: 1, real),
        ("readings uploaded at QoS 1, one after the other", "reading", upload, lambda output: READINGS, real),
        ("commands without pause, modules at real pace", "command", commands(0), asked, real),
        ("commands ten times a second, modules that answer at once", "command", commands(0.1), asked, fast),
        ("commands without pause, modules that answer at once", "command", commands(0), asked, fast),
    ]
    report.heading(f"{MODULES} scripts at once on {MODULES} simulated modules at {PACE} baud: CPU of one core")
    for name, unit, client, counted, pace in works:
        progress(f"many: {name}, {options.seconds} s")
        wall, count, scripts, modules = at_once(moonwire, client, counted, pace, options.seconds)
        progress()
        report.line(f"{name}: CPU of the scripts' processes", [100 * scripts / wall], "%", at_most=25)
        report.line(f"{name}: {unit}s a second in all", [count / wall], "/s")
        report.line(f"{name}: CPU per {unit}, scripts only", [1e6 * scripts / max(1, count)], "us")
        report.line(f"{name}: CPU of the simulated modules' processes", [100 * modules / wall], "%")

    raw = c_program("engine/raw_client.c")
    pyserial = [python_with_serial(), SOURCES / "engine" / "pyserial_client.py"]
    samples = 250 * options.seconds
    for name, client in [
        ("C, nothing understood", lambda path, folder: [raw, path, samples, 0, "W2"]),
        ("pyserial, readline", lambda path, folder: [*pyserial, path, samples, 0, "readline", "W2"]),
    ]:
        progress(f"many: {name}, {options.seconds} s")
        wall, count, clients, _ = at_once(moonwire, client, lambda output: output.count("W2"), fast, 0)
        progress()
        report.line(f"{name}, AT+CSQ without pause: CPU of one core", [100 * clients / wall], "%")
        report.line(f"{name}, AT+CSQ without pause: CPU per command", [1e6 * clients / count], "us")


def at_once(moonwire, client, counted, pace, seconds):
    """Wall time; what all clients have done and their CPU seconds, and CPU seconds of their modules.

    `client` makes a client's command line from its port and the folder of its files; `counted` what it has done from its
    output. On each port one client follows the other until the seconds are over; each works to its end.
    """
    done, failed = [], []

    def work(number, folder, env, finish):
        words = [str(word) for word in client(f"{folder}/modem{number}", folder)]
        while not failed:
            process = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            output, errors = process.stdout.read(), process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = status
            if status != 0:
                failed.append(f"{' '.join(words)}: {status}\n{errors}")
            done.append((counted(output), usage.ru_utime + usage.ru_stime))
            if time.monotonic() >= finish:
                return

    with environment() as (folder, env):
        lines = (f'{{"topic":"units/unit-001/readings","value":{number}}}\n' for number in range(READINGS))
        (Path(folder) / "readings.jsonl").write_text("".join(lines))
        servers = []
        try:
            for number in range(MODULES):
                link = f"{folder}/modem{number}"
                command = [moonwire, "sim", "--pty", link, "--speed", PACE, *pace]
                pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
                server = subprocess.Popen([str(word) for word in command], env=env, text=True, **pipes)
                servers.append(server)
                server.stdout.readline()
            before = [cpu_seconds(server.pid) for server in servers]
            start = time.monotonic()
            threads = [
                threading.Thread(target=work, args=(number, folder, env, start + seconds)) for number in range(MODULES)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            wall = time.monotonic() - start
            if failed:
                sys.exit(f"a script failed: {failed[0]}")
            modules = sum(cpu_seconds(server.pid) - spent for server, spent in zip(servers, before, strict=True))
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait()
    return wall, sum(count for count, _ in done), sum(spent for _, spent in done), modules


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


PARTS = {"latency": latency, "many": many}

if __name__ == "__main__":
    main()
