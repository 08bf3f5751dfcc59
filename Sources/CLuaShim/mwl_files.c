#define _GNU_SOURCE /* O_PATH, syscall */
#include "moonwire_files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int with_openat2(int directory, const char *path, int flags, uint32_t mode) {
    struct open_how how = {
        .flags = (unsigned long long)flags,
        .mode = flags & O_CREAT ? mode : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    long result;
    int attempts = 0;
    do {
        result = syscall(SYS_openat2, directory, path, &how, sizeof how);
    } while (result < 0 && (errno == EAGAIN || errno == EINTR) && ++attempts < 32);
    return result < 0 ? -errno : (int)result;
}

/* Component by component, following no symbolic link: stricter than openat2, for kernels before 5.6. */
static int step_by_step(int directory, const char *path, int flags, uint32_t mode) {
    int at = fcntl(directory, F_DUPFD_CLOEXEC, 0);
    char name[NAME_MAX + 1];
    if (at < 0) return -errno;
    for (;;) {
        while (*path == '/') path++;
        size_t length = strcspn(path, "/");
        if (length == 0 || length > NAME_MAX || (length == 2 && memcmp(path, "..", 2) == 0)) {
            close(at);
            return length == 2 ? -EXDEV : -ENOENT;
        }
        memcpy(name, path, length);
        name[length] = '\0';
        path += length;
        while (*path == '/') path++;
        int last = *path == '\0';
        int next = openat(at, name, last ? flags | O_NOFOLLOW : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, mode);
        int error = errno;
        close(at);
        if (next < 0) return -error;
        if (last) return next;
        at = next;
    }
}

int mwl_open_beneath(const char *root, const char *path, int flags, uint32_t mode) {
    int directory = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return -errno;
    flags |= O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    int file = with_openat2(directory, path, flags, mode);
    if (file == -ENOSYS || file == -EPERM) file = step_by_step(directory, path, flags, mode);
    close(directory);
    if (file < 0) return file;
    struct stat status;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) return file;
    close(file);
    return S_ISDIR(status.st_mode) ? -EISDIR : -EINVAL;
}
