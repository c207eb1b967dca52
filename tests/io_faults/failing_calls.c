/* Lets calls of the C library fail below chosen folders, as a full, failing or unplugged disk does; preloaded into a process and its children.

The file named by FAILING_CALLS, mapped into all of them, says which call fails (`failing_calls.py` has the other side of this structure). */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATES = 1, WRITES = 2, READS = 4, REMOVES = 8 };
enum { ROOTS = 4, LENGTH = 512 };

struct control {
    int32_t armed, error, lasting, kinds;
    int64_t at, calls, failed;
    char roots[ROOTS][LENGTH];
    char first[64];
};

static struct control *control;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAILING_CALLS");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (mapped != MAP_FAILED) control = mapped;
}

static int is_below(const char *path) {
    for (int root = 0; root < ROOTS; root++) {
        size_t length = strlen(control->roots[root]);
        if (length && !strncmp(path, control->roots[root], length) && (path[length] == '/' || !path[length])) return 1;
    }
    return 0;
}

/* Returns whether the call is to fail, with `errno` set. */
static int fails_at(const char *path, const char *name, int kind) {
    if (!control || !control->armed || !(control->kinds & kind) || !path || !is_below(path)) return 0;
    int64_t number = __atomic_add_fetch(&control->calls, 1, __ATOMIC_SEQ_CST);
    if (control->lasting ? number < control->at : number != control->at) return 0;
    if (__atomic_add_fetch(&control->failed, 1, __ATOMIC_SEQ_CST) == 1) strncpy(control->first, name, sizeof control->first - 1);
    if (control->error < 0) raise(SIGKILL);
    errno = control->error;
    return 1;
}

static int fails_in(int folder, const char *path, const char *name, int kind) {
    char place[64], whole[8192];
    if (!control || !control->armed || !path) return 0;
    if (*path == '/' || folder == AT_FDCWD) return fails_at(path, name, kind);
    snprintf(place, sizeof place, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(place, whole, 4096);
    if (length < 0) return 0;
    snprintf(whole + length, sizeof whole - (size_t)length, *path ? "/%s" : "%s", path);
    return fails_at(whole, name, kind);
}

static int fails_on(int file, const char *name, int kind) {
    return control && control->armed ? fails_in(file, "", name, kind) : 0;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define OPENS(name, parameters, arguments, folder) \
    int name parameters { \
        REAL(name); \
        int mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, int); va_end(rest); } \
        if (fails_in(folder, path, "open", flags & (O_CREAT | O_TRUNC) ? CREATES : READS)) return -1; \
        return real arguments; \
    }
OPENS(open, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD)
OPENS(open64, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD)
OPENS(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode), folder)
OPENS(openat64, (int folder, const char *path, int flags, ...), (folder, path, flags, mode), folder)

#define CALL(result, name, parameters, arguments, condition) \
    result name parameters { REAL(name); if (condition) return (result)-1; return real arguments; }

CALL(ssize_t, write, (int file, const void *data, size_t size), (file, data, size), fails_on(file, "write", WRITES))
CALL(ssize_t, writev, (int file, const struct iovec *data, int count), (file, data, count), fails_on(file, "write", WRITES))
CALL(ssize_t, pwrite, (int file, const void *data, size_t size, off_t at), (file, data, size, at), fails_on(file, "write", WRITES))
CALL(ssize_t, pwrite64, (int file, const void *data, size_t size, off64_t at), (file, data, size, at), fails_on(file, "write", WRITES))
CALL(ssize_t, read, (int file, void *data, size_t size), (file, data, size), fails_on(file, "read", READS))
CALL(ssize_t, pread, (int file, void *data, size_t size, off_t at), (file, data, size, at), fails_on(file, "read", READS))
CALL(ssize_t, pread64, (int file, void *data, size_t size, off64_t at), (file, data, size, at), fails_on(file, "read", READS))
CALL(int, fsync, (int file), (file), fails_on(file, "fsync", WRITES))
CALL(int, fdatasync, (int file), (file), fails_on(file, "fsync", WRITES))
CALL(int, ftruncate, (int file, off_t size), (file, size), fails_on(file, "truncate", WRITES))
CALL(int, ftruncate64, (int file, off64_t size), (file, size), fails_on(file, "truncate", WRITES))
CALL(int, posix_fallocate64, (int file, off64_t at, off64_t size), (file, at, size), fails_on(file, "allocate", WRITES))
CALL(ssize_t, copy_file_range, (int from, off64_t *a, int to, off64_t *b, size_t size, unsigned flags), (from, a, to, b, size, flags),
     fails_on(to, "write", WRITES))
CALL(ssize_t, sendfile64, (int to, int from, off64_t *at, size_t size), (to, from, at, size), fails_on(to, "write", WRITES))
CALL(int, rename, (const char *path, const char *to), (path, to), fails_at(to, "rename", CREATES))
CALL(int, renameat, (int a, const char *path, int b, const char *to), (a, path, b, to), fails_in(b, to, "rename", CREATES))
CALL(int, link, (const char *path, const char *to), (path, to), fails_at(to, "link", CREATES))
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode), fails_at(path, "mkdir", CREATES))
CALL(int, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode), fails_in(folder, path, "mkdir", CREATES))
CALL(int, unlink, (const char *path), (path), fails_at(path, "unlink", REMOVES))
CALL(int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags), fails_in(folder, path, "unlink", REMOVES))
CALL(int, rmdir, (const char *path), (path), fails_at(path, "rmdir", REMOVES))
CALL(int, chmod, (const char *path, mode_t mode), (path, mode), fails_at(path, "chmod", WRITES))
CALL(int, utimensat, (int folder, const char *path, const struct timespec times[2], int flags), (folder, path, times, flags),
     fails_in(folder, path, "utime", WRITES))
CALL(int, stat, (const char *path, struct stat *found), (path, found), fails_at(path, "stat", READS))
CALL(int, stat64, (const char *path, struct stat64 *found), (path, found), fails_at(path, "stat", READS))
CALL(int, lstat, (const char *path, struct stat *found), (path, found), fails_at(path, "stat", READS))
CALL(int, lstat64, (const char *path, struct stat64 *found), (path, found), fails_at(path, "stat", READS))
CALL(int, fstat, (int file, struct stat *found), (file, found), fails_on(file, "stat", READS))
CALL(int, fstat64, (int file, struct stat64 *found), (file, found), fails_on(file, "stat", READS))
CALL(int, fstatat, (int folder, const char *path, struct stat *found, int flags), (folder, path, found, flags),
     fails_in(folder, path, "stat", READS))
CALL(int, fstatat64, (int folder, const char *path, struct stat64 *found, int flags), (folder, path, found, flags),
     fails_in(folder, path, "stat", READS))
CALL(int, access, (const char *path, int mode), (path, mode), fails_at(path, "access", READS))

DIR *opendir(const char *path) {
    REAL(opendir);
    return fails_at(path, "opendir", READS) ? NULL : real(path);
}

DIR *fdopendir(int folder) {
    REAL(fdopendir);
    return fails_on(folder, "opendir", READS) ? NULL : real(folder);
}
