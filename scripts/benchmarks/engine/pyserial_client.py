"""The client that most people write: pyserial, one command at a time.

    pyserial_client.py PATH SAMPLES WARM-UP LOOP WORKLOAD...

LOOP is readline (read lines until the final result code, read_until(b">") for the prompt) or in_waiting (drain what has
arrived and look for the end marker). Prints one line per sample: workload, nanoseconds.
"""

import sys
import time

import serial


def readline_until(port, final):
    while True:
        line = port.readline()
        if line.startswith(final):
            return


def readline_turn(port, text, final):
    port.write(text)
    if final == b">":
        port.read_until(b">")
    else:
        readline_until(port, final)


def waiting_turn(port, text, final):
    port.write(text)
    marker = b"\r\n>" if final == b">" else b"\r\n" + final + (b"" if final.startswith(b"+") else b"\r\n")
    received = b""
    while marker not in received:
        received += port.read(port.in_waiting or 1)


def sample(port, turn, workload):
    start = time.perf_counter_ns()
    if workload == "W1":
        turn(port, b"AT\r", b"OK")
    elif workload == "W2":
        turn(port, b"AT+CSQ\r", b"OK")
    elif workload == "W3":
        turn(port, b"AT+CSSLCFG?\r", b"OK")
    else:
        turn(port, b"AT+CMQTTTOPIC=0,9\r", b">")
        turn(port, b"simcommsg", b"OK")
        turn(port, b"AT+CMQTTPAYLOAD=0,60\r", b">")
        turn(port, b"0123456789" * 6, b"OK")
        turn(port, b"AT+CMQTTPUB=0,1,60\r", b"+CMQTTPUB: 0,0")
    return time.perf_counter_ns() - start


def main():
    path, samples, warm_up, loop = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    turn = {"readline": readline_turn, "in_waiting": waiting_turn}[loop]
    with serial.Serial(path, 115200, timeout=5) as port:
        for workload in sys.argv[5:]:
            for _ in range(warm_up):
                sample(port, turn, workload)
            times = [sample(port, turn, workload) for _ in range(samples)]
            sys.stdout.write("".join(f"{workload},{time}\n" for time in times))


main()
