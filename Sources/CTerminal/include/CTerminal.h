#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stddef.h>

/* Pseudo terminals and serial line settings that Swift's Glibc module does not show.
   Every function returns 0 or a descriptor, or -1 with errno set. */

/* Opens a pseudo terminal master, unlocked, non-blocking, close-on-exec; writes the slave's path. */
int cterminal_open_master(char *slave, size_t size);

/* Raw, 8N1, HUPCL off; baud 0 leaves the speed as it is. rtscts: hardware flow control. */
int cterminal_configure(int fd, unsigned baud, int rtscts);

/* The line's settings before configuration, to be put back. size: of the buffer, at least cterminal_settings_size(). */
size_t cterminal_settings_size(void);
int cterminal_save(int fd, void *settings);
int cterminal_restore(int fd, const void *settings);

/* TIOCEXCL, TIOCNXCL. */
int cterminal_set_exclusive(int fd, int exclusive);

/* Modem control lines: 1 on, 0 off, -1 leave. */
int cterminal_set_lines(int fd, int dtr, int rts);

/* Bytes that can be read now; -1 on error. */
int cterminal_pending(int fd);

#endif
