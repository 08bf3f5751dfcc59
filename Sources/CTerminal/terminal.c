#define _GNU_SOURCE
#include "CTerminal.h"

#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* <termios.h> cannot be included beside <asm/termbits.h>, which has struct termios2 for custom rates. */

int cterminal_open_master(char *slave, size_t size) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0) return -1;
    int error = 0;
    if (grantpt(master) < 0 || unlockpt(master) < 0) {
        error = errno;
    } else {
        error = ptsname_r(master, slave, size);
    }
    if (error == 0 && fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK) < 0) error = errno;
    if (error != 0) {
        close(master);
        errno = error;
        return -1;
    }
    return master;
}

int cterminal_configure(int fd, unsigned baud, int rtscts) {
    struct termios2 settings;
    if (ioctl(fd, TCGETS2, &settings) < 0) return -1;
    settings.c_iflag &= ~(IGNBRK | BRKINT | PARMRK | INPCK | ISTRIP | INLCR | IGNCR | ICRNL | IXON | IXOFF | IXANY);
    settings.c_oflag &= ~OPOST;
    settings.c_lflag &= ~(ECHO | ECHOE | ECHOK | ECHONL | ICANON | ISIG | IEXTEN);
    settings.c_cflag &= ~(CSIZE | PARENB | CSTOPB | HUPCL | CRTSCTS);
    settings.c_cflag |= CS8 | CREAD | CLOCAL;
    if (rtscts) settings.c_cflag |= CRTSCTS;
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    if (baud != 0) {
        settings.c_cflag &= ~(CBAUD | (CBAUD << IBSHIFT));
        settings.c_cflag |= BOTHER | (BOTHER << IBSHIFT);
        settings.c_ispeed = baud;
        settings.c_ospeed = baud;
    }
    return ioctl(fd, TCSETS2, &settings);
}

size_t cterminal_settings_size(void) { return sizeof(struct termios2); }

int cterminal_save(int fd, void *settings) { return ioctl(fd, TCGETS2, settings); }

int cterminal_restore(int fd, const void *saved) {
    struct termios2 settings;
    memcpy(&settings, saved, sizeof settings);
    /* Closing must not drop DTR: it would hang up, or reset, the module. */
    settings.c_cflag &= ~HUPCL;
    return ioctl(fd, TCSETS2, &settings);
}

int cterminal_speed(int fd, unsigned *baud) {
    struct termios2 settings;
    if (ioctl(fd, TCGETS2, &settings) < 0) return -1;
    *baud = settings.c_ospeed;
    return 0;
}

int cterminal_set_exclusive(int fd, int exclusive) { return ioctl(fd, exclusive ? TIOCEXCL : TIOCNXCL); }

static int set_line(int fd, int line, int state) {
    if (state < 0) return 0;
    return ioctl(fd, state ? TIOCMBIS : TIOCMBIC, &line);
}

int cterminal_set_lines(int fd, int dtr, int rts) {
    if (set_line(fd, TIOCM_DTR, dtr) < 0) return -1;
    return set_line(fd, TIOCM_RTS, rts);
}

int cterminal_pending(int fd) {
    int count = 0;
    return ioctl(fd, FIONREAD, &count) < 0 ? -1 : count;
}

int cterminal_is_terminal(int fd) {
    struct termios2 settings;
    return ioctl(fd, TCGETS2, &settings) == 0;
}
