#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stddef.h>

/* Pseudo terminals and serial line settings that Swift's Glibc module does not show.
   Unless it says otherwise a function returns 0, or -1 with errno set. */

/* Opens a pseudo terminal master, unlocked, non-blocking, close-on-exec, and writes the slave's path.
   Returns the descriptor. */
int cterminal_open_master(char *slave, size_t size);

/* Raw, 8N1, HUPCL off. baud 0 leaves the speed as it is. rtscts: hardware flow control. */
int cterminal_configure(int fd, unsigned baud, int rtscts);

/* The line's settings, to be put back. The buffer holds cterminal_settings_size() bytes.
   HUPCL stays off: closing must not drop DTR. */
size_t cterminal_settings_size(void);
int cterminal_save(int fd, void *settings);
int cterminal_restore(int fd, const void *settings);

/* The output speed in bits per second. */
int cterminal_speed(int fd, unsigned *baud);

/* TIOCEXCL, TIOCNXCL. */
int cterminal_set_exclusive(int fd, int exclusive);

/* Modem control lines: 1 on, 0 off, -1 leave. */
int cterminal_set_lines(int fd, int dtr, int rts);

/* How many bytes can be read now. */
int cterminal_pending(int fd);

/* 1 or 0. */
int cterminal_is_terminal(int fd);

#endif
