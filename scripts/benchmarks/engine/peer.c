// The module of the engine benchmark: answers on the master of a pseudo terminal as fast as a C program can.
//
//   peer [bits per second]
//
// Prints the path of the terminal and serves it until whoever opened it has closed it. Echo is on. With a rate, each
// byte of an answer takes its time on the line (10 bits), as on a real UART.
//
// Beyond the commands of the workloads:
//   AT+BENCHMSG            OK, and 300 us later one received message; its payload is the clock (CLOCK_MONOTONIC,
//                          nanoseconds, 20 digits) just before the write that holds the last byte of +CMQTTRXEND
//   AT+BENCHSTORM=<seed>,<n>   from now on n numbered lines +BENCHURC: <k> at random places around the answers of
//                          the next 1000 commands
//   AT+BENCHECHO=<text>    the information line +BENCHECHO: <text>

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int master;
static long nanoseconds_per_byte;

static char out[1 << 16];
static size_t out_used;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void pause_for(long nanoseconds) {
    struct timespec t = { nanoseconds / 1000000000, nanoseconds % 1000000000 };
    while (nanosleep(&t, &t) == -1 && errno == EINTR) {}
}

static void add(const char *text, size_t size) {
    if (out_used + size > sizeof out) abort();
    memcpy(out + out_used, text, size);
    out_used += size;
}

static void add_text(const char *text) { add(text, strlen(text)); }

static void flush_out(void) {
    // Paced: the time of the bytes passes before the reader has them, in pieces of a UART's FIFO.
    size_t piece = nanoseconds_per_byte ? 16 : sizeof out;
    for (size_t at = 0; at < out_used;) {
        size_t size = out_used - at < piece ? out_used - at : piece;
        if (nanoseconds_per_byte) pause_for((long)size * nanoseconds_per_byte);
        ssize_t written = write(master, out + at, size);
        if (written < 0 && errno != EINTR) exit(0);
        if (written > 0) at += (size_t)written;
    }
    out_used = 0;
}

// xorshift64*: the same places for the same seed.
static uint64_t state;
static uint64_t random_number(void) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 2685821657736338717u;
}

static long storm_left, storm_commands, storm_number;

// Puts some of the numbered lines here; on average as many as are left for each of the three places of each command.
static void storm(int last_place) {
    if (storm_commands <= 0) return;
    long places = storm_commands * 3 - 2;
    long count = storm_left * 2 / places;
    count = count > 0 ? (long)(random_number() % (uint64_t)(count + 1)) : 0;
    if (last_place && storm_commands == 1) count = storm_left;
    for (; count > 0 && storm_left > 0; count--, storm_left--) {
        char line[64];
        add(line, (size_t)sprintf(line, "\r\n+BENCHURC: %ld\r\n", storm_number++));
        if (out_used > sizeof out / 2) flush_out();
    }
    if (last_place) storm_commands--;
}

static const char *context_lines(void) {
    static char lines[1024];
    if (!lines[0]) {
        strcat(lines, "\r\n");
        for (int i = 0; i < 10; i++) {
            sprintf(lines + strlen(lines), "+CSSLCFG: %d,4,1,1,300,\"ca.pem\",\"\",\"\",\"\",0\r\n", i);
        }
        strcat(lines, "\r\nOK\r\n");
    }
    return lines;
}

static void message(void) {
    flush_out();
    pause_for(300000);
    add_text("\r\n+CMQTTRXSTART: 0,9,20\r\n+CMQTTRXTOPIC: 0,9\r\nsimcommsg\r\n+CMQTTRXPAYLOAD: 0,20\r\n");
    char stamp[32];
    add(stamp, (size_t)sprintf(stamp, "%020llu", (unsigned long long)now()));
    add_text("\r\n+CMQTTRXEND: 0\r\n");
    flush_out();
}

// The number of data bytes that must follow.
static size_t answer(const char *line, size_t size) {
    storm(0);
    add(line, size);
    add_text("\r");
    storm(0);
    size_t data = 0;
    if (size == 6 && !memcmp(line, "AT+CSQ", 6)) {
        add_text("\r\n+CSQ: 23,0\r\n\r\nOK\r\n");
    } else if (size == 11 && !memcmp(line, "AT+CSSLCFG?", 11)) {
        add_text(context_lines());
    } else if (size > 15 && !memcmp(line, "AT+CMQTTTOPIC=0", 15)) {
        data = strtoul(line + 16, NULL, 10);
        add_text("\r\n>");
    } else if (size > 17 && !memcmp(line, "AT+CMQTTPAYLOAD=0", 17)) {
        data = strtoul(line + 18, NULL, 10);
        add_text("\r\n>");
    } else if (size > 13 && !memcmp(line, "AT+CMQTTPUB=0", 13)) {
        add_text("\r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n");
    } else if (size == 11 && !memcmp(line, "AT+BENCHMSG", 11)) {
        add_text("\r\nOK\r\n");
        message();
    } else if (size > 14 && !memcmp(line, "AT+BENCHSTORM=", 14)) {
        char *rest;
        state = strtoull(line + 14, &rest, 10) * 2 + 1;
        storm_left = strtol(rest + 1, NULL, 10);
        storm_commands = 1000;
        storm_number = 0;
        add_text("\r\nOK\r\n");
        flush_out();
        return 0;
    } else if (size > 13 && !memcmp(line, "AT+BENCHECHO=", 13)) {
        add_text("\r\n+BENCHECHO: ");
        add(line + 13, size - 13);
        add_text("\r\n\r\nOK\r\n");
    } else {
        add_text("\r\nOK\r\n");
    }
    if (!data) storm(1);
    flush_out();
    return data;
}

int main(int count, char **arguments) {
    if (count > 1) nanoseconds_per_byte = 10 * 1000000000l / atol(arguments[1]);
    master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) || unlockpt(master)) {
        perror("pty");
        return 1;
    }
    const char *path = ptsname(master);
    // The terminal is set through its own side, which is closed again: the master then waits for the next to open it.
    int slave = open(path, O_RDWR | O_NOCTTY);
    struct termios raw;
    tcgetattr(slave, &raw);
    cfmakeraw(&raw);
    tcsetattr(slave, TCSANOW, &raw);
    puts(path);
    fflush(stdout);

    static char in[1 << 16];
    static char line[4096];
    size_t line_used = 0, data_left = 0;
    int greeted = 0;
    for (;;) {
        ssize_t size = read(master, in, sizeof in);
        if (size <= 0) {
            if (size < 0 && errno == EINTR) continue;
            return 0;
        }
        // Whoever has spoken keeps the terminal open; its own side is then no longer needed here.
        if (!greeted) {
            close(slave);
            greeted = 1;
        }
        for (ssize_t i = 0; i < size; i++) {
            if (data_left) {
                size_t taken = (size_t)(size - i) < data_left ? (size_t)(size - i) : data_left;
                data_left -= taken;
                i += (ssize_t)taken - 1;
                if (!data_left) {
                    add_text("\r\nOK\r\n");
                    flush_out();
                }
            } else if (in[i] == '\r') {
                line[line_used] = 0;
                data_left = line_used ? answer(line, line_used) : 0;
                line_used = 0;
            } else if (in[i] != '\n' && line_used < sizeof line - 1) {
                line[line_used++] = in[i];
            }
        }
    }
}
