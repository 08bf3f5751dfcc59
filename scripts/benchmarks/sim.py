"""The simulated module: memory of 256 in one process, processor time of one AT.

    scripts/bench sim [--only PART ...] [--rounds 5] [--commands 5000] [--modules 256] [--build FOLDER]

Parts (default: all): at, memory. Both run `moonwire sim` and talk to it from outside; the figures are those of its
process alone, read from /proc, so that a loaded machine disturbs them little. --build names a folder with a release
build of moonwire in it, instead of building it.
"""

import argparse
import json
import os
import select
import socket
import subprocess
import tempfile
import termios
import tty
from contextlib import contextmanager
from pathlib import Path

from common import Report, progress, swift_product

LIMIT_MEMORY = 1024
LIMIT_AT = 100


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench sim", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--commands", type=int, default=5000, help="AT commands a round")
    parser.add_argument("--modules", type=int, default=256)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--build", help="a folder with moonwire in it, instead of building it")
    options = parser.parse_args()
    report = Report("sim", options)
    program = swift_product("moonwire", options.build)
    for part in options.only:
        PARTS[part](program, report, options)
        report.save()
    report.finish()


@contextmanager
def simulator(program, *arguments, count=1):
    """Runs `moonwire sim`; gives its process id and the addresses of its modules."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [program, "sim", "--count", str(count), "--json", *[word.replace("FOLDER", folder) for word in arguments]],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            yield process.pid, [json.loads(process.stdout.readline())["port"] for _ in range(count)]
        finally:
            process.terminate()
            process.stdout.close()
            process.wait()


def open_terminal(path):
    terminal = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    tty.setraw(terminal)
    termios.tcflush(terminal, termios.TCIOFLUSH)
    return terminal


def exchange(terminal, line, end=b"OK\r\n"):
    os.write(terminal, line)
    answer = b""
    while not answer.endswith(end):
        select.select([terminal], [], [])
        answer += os.read(terminal, 65_536)


def processor_nanoseconds(pid):
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total


def resident_kibibytes(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise RuntimeError("no VmRSS")


def at(program, report, options):
    figures = []
    with simulator(program, "--pty", "FOLDER/modem0") as (pid, [path]):
        terminal = open_terminal(path)
        for number in range(options.rounds + 1):
            progress(f"at: round {number} of {options.rounds}")
            before = processor_nanoseconds(pid)
            for _ in range(options.commands):
                exchange(terminal, b"AT\r")
            each = (processor_nanoseconds(pid) - before) / options.commands / 1000
            # The first round warms up.
            if number > 0:
                figures.append(each)
                report.sample("at", number, "moonwire sim", "AT", each)
        os.close(terminal)
    progress()
    report.heading("Processor time of one AT over a pty, terminal and event loop included")
    report.line("one module, AT answered with OK", figures, "us", at_most=LIMIT_AT)


def memory(program, report, options):
    count = options.modules
    with simulator(program, "--tcp", "127.0.0.1:0", "--state", "FOLDER/nv", count=count) as (pid, addresses):
        idle = resident_kibibytes(pid)
        lines = []
        for number, address in enumerate(addresses):
            progress(f"memory: module {number + 1} of {count}")
            host, port = address.removeprefix("tcp://").split(":")
            line = socket.create_connection((host, int(port)))
            lines.append(line)
            say(line, b"ATE0\r")
            say(line, b'AT+CCERTDOWN="ca.pem",10240\r', b">")
            say(line, b"A" * 10_240)
            say(line, b"AT+CMQTTSTART\r", b"+CMQTTSTART: 0\r\n")
            say(line, f'AT+CMQTTACCQ=0,"unit{number}"\r'.encode())
            say(line, b'AT+CMQTTCONNECT=0,"tcp://broker:1883",600,1\r', b"+CMQTTCONNECT: 0,0\r\n")
            say(line, b"AT+CMQTTPAYLOAD=0,10240\r", b">")
            say(line, b"B" * 10_240)
        used = resident_kibibytes(pid)
        for line in lines:
            line.close()
    progress()
    report.heading(f"Resident memory of a process with {count} modules, divided by {count}")
    report.line("just started", [idle / count], "KiB", at_most=LIMIT_MEMORY)
    report.line(
        "each connected to the broker, 10 KiB certificate, 10 KiB payload", [used / count], "KiB", at_most=LIMIT_MEMORY
    )


def say(line, data, end=b"OK\r\n"):
    line.sendall(data)
    answer = b""
    while not answer.endswith(end):
        answer += line.recv(65_536)


PARTS = {"at": at, "memory": memory}

if __name__ == "__main__":
    main()
