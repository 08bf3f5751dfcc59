"""The flow of flow.lua as people write it with pyserial: write a command, read until its answer is there."""

import json
import sys
import time

import serial

path, messages = sys.argv[1], int(sys.argv[2])
topic, payload = b"bench", b"x" * 100
port = serial.Serial(path, 115200, timeout=10)
passed = 0


def send(content):
    global passed
    port.write(content)
    passed += len(content)


def until(text):
    global passed
    answer = port.read_until(text)
    passed += len(answer)
    assert answer.endswith(text), answer
    return answer


def command(line, end=b"\r\nOK\r\n"):
    send(line + b"\r")
    return until(end)


def data(line, content):
    command(line, b"\r\n>")
    send(content)
    until(b"\r\nOK\r\n")


def exchange():
    data(b"AT+CMQTTTOPIC=0,%d" % len(topic), topic)
    data(b"AT+CMQTTPAYLOAD=0,%d" % len(payload), payload)
    # The result and the message come in any order.
    answer = command(b"AT+CMQTTPUB=0,1,60")
    while b"+CMQTTPUB: 0,0\r\n" not in answer or b"+CMQTTRXEND: 0\r\n" not in answer:
        answer += until(b"\r\n")
    assert payload in answer


command(b"AT")
command(b"AT+CMQTTSTART", b"+CMQTTSTART: 0\r\n")
command(b'AT+CMQTTACCQ=0,"bench",0')
command(b'AT+CMQTTCONNECT=0,"tcp://broker.example:1883",60,1', b"+CMQTTCONNECT: 0,0\r\n")
data_end = b"+CMQTTSUB: 0,0\r\n"
command(b"AT+CMQTTSUB=0,%d,1" % len(topic), b"\r\n>")
port.write(topic)
until(data_end)
for _ in range(min(20, messages)):
    exchange()
passed, began = 0, time.monotonic()
for _ in range(messages):
    exchange()
seconds = time.monotonic() - began
command(b"AT+CMQTTDISC=0,60", b"+CMQTTDISC: 0,0\r\n")
command(b"AT+CMQTTREL=0")
command(b"AT+CMQTTSTOP", b"+CMQTTSTOP: 0\r\n")
print(json.dumps({"seconds": seconds, "bytes": passed}))
