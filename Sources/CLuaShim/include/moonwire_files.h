/* Opening files below a folder. Here because Swift's Glibc has no openat2. */
#ifndef MOONWIRE_FILES_H
#define MOONWIRE_FILES_H

#include <stdint.h>

/* Opens `path`, relative to the folder `root`, without ever leaving it: neither by "..", nor by symbolic links.
   Only regular files; never blocks on opening. Returns a descriptor, or -errno: -EXDEV and -ELOOP for an attempt to
   leave, -EISDIR or -EINVAL for what is no regular file. */
int mwl_open_beneath(const char *root, const char *path, int flags, uint32_t mode);

#endif
