// The floor of the engine benchmark: blocking write, blocking read until the end marker, nothing understood.
//
//   raw_client PATH SAMPLES WARM-UP WORKLOAD…
//
// Prints one line per sample: workload, nanoseconds.

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int port;
static char buffer[1 << 16];
static size_t used;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void until(const char *marker) {
    size_t length = strlen(marker);
    used = 0;
    for (;;) {
        ssize_t size = read(port, buffer + used, sizeof buffer - used);
        if (size <= 0) {
            perror("read");
            exit(1);
        }
        used += (size_t)size;
        if (used >= length && !memcmp(buffer + used - length, marker, length)) return;
    }
}

static void turn(const char *text, const char *marker) {
    size_t size = strlen(text);
    if (write(port, text, size) != (ssize_t)size) exit(1);
    until(marker);
}

static uint64_t sample(int workload) {
    uint64_t start = now();
    switch (workload) {
    case 1: turn("AT\r", "\r\nOK\r\n"); break;
    case 2: turn("AT+CSQ\r", "\r\nOK\r\n"); break;
    case 3: turn("AT+CSSLCFG?\r", "\r\nOK\r\n"); break;
    case 4:
        turn("AT+CMQTTTOPIC=0,9\r", "\r\n>");
        turn("simcommsg", "\r\nOK\r\n");
        turn("AT+CMQTTPAYLOAD=0,60\r", "\r\n>");
        turn("012345678901234567890123456789012345678901234567890123456789", "\r\nOK\r\n");
        turn("AT+CMQTTPUB=0,1,60\r", "+CMQTTPUB: 0,0\r\n");
        break;
    case 5: {
        // A received message: from the stamp in its payload to the last byte of its end line.
        if (write(port, "AT+BENCHMSG\r", 12) != 12) exit(1);
        until("+CMQTTRXEND: 0\r\n");
        uint64_t end = now();
        buffer[used] = 0;
        char *payload = strstr(buffer, "+CMQTTRXPAYLOAD: 0,20\r\n");
        return payload ? end - strtoull(payload + 23, NULL, 10) : 0;
    }
    }
    return now() - start;
}

int main(int count, char **arguments) {
    if (count < 5) return 2;
    port = open(arguments[1], O_RDWR | O_NOCTTY);
    if (port < 0) {
        perror(arguments[1]);
        return 1;
    }
    struct termios raw;
    tcgetattr(port, &raw);
    cfmakeraw(&raw);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(port, TCSANOW, &raw);
    int samples = atoi(arguments[2]), warm_up = atoi(arguments[3]);
    uint64_t *times = calloc((size_t)samples, sizeof *times);
    for (int i = 4; i < count; i++) {
        int workload = atoi(arguments[i] + 1);
        for (int k = 0; k < warm_up; k++) sample(workload);
        for (int k = 0; k < samples; k++) times[k] = sample(workload);
        for (int k = 0; k < samples; k++) printf("%s,%llu\n", arguments[i], (unsigned long long)times[k]);
    }
    return 0;
}
