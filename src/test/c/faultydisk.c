/*
 * A disk that forgets, and fails when it is told to, between a process and the files below one
 * directory. Loaded with LD_PRELOAD (Linux only), it lets every call through and writes down, in a
 * mapped file that outlives a kill -9, what has not been forced yet:
 *
 *   - of each file the range of bytes written since the last fsync or fdatasync that succeeded;
 *   - each creation, rename and removal since the last fsync of the directory. What a rename
 *     replaced or a removal took away is kept by a hard link until then, so that it can come back.
 *
 * A power cut is then: kill -9, and whoever started the process undoes any part of that.
 * sync_file_range forces nothing here, and a file's own fsync does not force its name. After a
 * force that failed its range counts as never forced, however often it is forced again: so do
 * the page caches of kernels. Not followed: writes through mmap or stdio, mkdir, link, truncation
 * of what was forced.
 *
 * FAULTYDISK_ROOT   the directory, absolute and without links in it
 * FAULTYDISK_STATE  the mapped file, made by whoever starts the process; on the same file system,
 *                   outside of that directory. Hard links are kept as STATE.1, STATE.2, ...
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FILES 4096
#define STEPS 8192
#define FDS 65536
#define PATH 492

/* Bytes from `from` up to, not including, `to`; none if they are equal. */
struct range {
    uint64_t from, to;
};

/* A file that is not, or was not, forced as it is. */
struct file {
    uint64_t inode; /* 0: a free place */
    struct range dirty, forcing, spoiled;
    uint64_t unused;
};

enum { ALL, LOG, NO_LOG };

enum { CREATED = 1, RENAMED = 2, REMOVED = 3 };

/* A change of a directory; `kept` is the number of the hard link to what was lost by it, or 0. */
struct step {
    uint32_t kind, forced;
    uint64_t kept, inode;
    char from[PATH], to[PATH];
};

/* The mapped file. Whoever starts the process writes the first words, and reads all. */
struct state {
    int32_t write_error, write_errors; /* errno of the next so many writes, -1 for all */
    int32_t force_error, force_errors; /* the same of forces */
    int32_t slow_force;                /* milliseconds that a force takes longer */
    int32_t no_space;                  /* whether statvfs tells of no free space */
    int32_t overflow;                  /* set if there was more to write down than there is room */
    int32_t steps;
    int64_t writes, forces, failed_writes, failed_forces, kept;
    int32_t spared_forces; /* forces that succeed before those that fail */
    int32_t part;          /* what fails: ALL, what is in a folder called log, or what is not */
    char unused[48];
    struct file files[FILES];
    struct step step[STEPS];
};

static struct state *state;
static char root[PATH], state_path[PATH];
static size_t root_length;
static int fds[FDS]; /* of a file descriptor, its place in files + 1 */
static int opened[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t forcing[FILES];

#define REAL(type, name, ...)                                          \
    static type (*real)(__VA_ARGS__);                                  \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
    const char *directory = getenv("FAULTYDISK_ROOT"), *path = getenv("FAULTYDISK_STATE");
    if (!directory || !path || strlen(directory) >= PATH || strlen(path) >= PATH - 24) return;
    REAL(int, "open", const char *, int, ...);
    int fd = real(path, O_RDWR);
    if (fd < 0 || ftruncate(fd, sizeof *state)) {
        fprintf(stderr, "faultydisk: cannot use %s: %s\n", path, strerror(errno));
        abort();
    }
    void *mapped = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED) abort();
    close(fd);
    for (int i = 0; i < FILES; i++) pthread_mutex_init(&forcing[i], NULL);
    strcpy(root, directory);
    strcpy(state_path, path);
    root_length = strlen(root);
    state = mapped;
}

/* Whether this absolute path is below the directory. */
static int is_below(const char *path) {
    return state && !strncmp(path, root, root_length) && path[root_length] == '/';
}

/* Makes a path absolute; returns 0 if it is too long. */
static int absolute(const char *path, char *to) {
    if (path[0] == '/') return snprintf(to, PATH, "%s", path) < PATH;
    char cwd[PATH];
    return getcwd(cwd, sizeof cwd) && snprintf(to, PATH, "%s/%s", cwd, path) < PATH;
}

/* The path of a file descriptor; returns 0 if there is none. */
static int path_of(int fd, char *to) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, to, PATH - 1);
    to[length < 0 ? 0 : length] = 0;
    return length > 0;
}

static int is_parent(const char *directory, const char *path) {
    size_t length = strlen(directory);
    return !strncmp(path, directory, length) && path[length] == '/' && !strchr(path + length + 1, '/');
}

static int is_empty(struct range range) { return range.from >= range.to; }

static struct range join(struct range a, struct range b) {
    if (is_empty(a)) return b;
    if (is_empty(b)) return a;
    return (struct range){a.from < b.from ? a.from : b.from, a.to > b.to ? a.to : b.to};
}

/* The place of a file, a new one if it has none; -1 if there is no room. Under the lock. */
static int place(uint64_t inode) {
    int free = -1;
    for (int i = 0; i < FILES; i++) {
        if (state->files[i].inode == inode) return i;
        if (free < 0 && !state->files[i].inode && !opened[i]) free = i;
    }
    if (free < 0) {
        state->overflow = 1;
        return -1;
    }
    memset(&state->files[free], 0, sizeof(struct file));
    state->files[free].inode = inode;
    return free;
}

/* Writes a change of a directory down. Under the lock. */
static void add_step(int kind, const char *from, const char *to, uint64_t kept, uint64_t inode) {
    if (state->steps >= STEPS) {
        state->overflow = 1;
        return;
    }
    struct step *step = &state->step[state->steps];
    memset(step, 0, sizeof *step);
    step->kind = kind;
    step->kept = kept;
    step->inode = inode;
    strcpy(step->from, from);
    strcpy(step->to, to);
    state->steps++; /* last: a kill before this leaves no half of a step */
}

#define KEPT (PATH + 24)

static void kept_path(uint64_t number, char to[KEPT]) {
    snprintf(to, KEPT, "%s.%llu", state_path, (unsigned long long)number);
}

/* Keeps what is at a path by a hard link; returns its number, 0 if nothing is there. */
static uint64_t keep(const char *path, uint64_t *inode) {
    struct stat stat_of;
    if (lstat(path, &stat_of) || !S_ISREG(stat_of.st_mode)) return 0;
    char kept[KEPT];
    kept_path(++state->kept, kept);
    *inode = stat_of.st_ino;
    return link(path, kept) ? 0 : state->kept;
}

/* What was lost by a step need not come back any more. Under the lock. */
static void drop(struct step *step) {
    if (!step->kept) return;
    char kept[KEPT];
    REAL(int, "unlink", const char *);
    kept_path(step->kept, kept);
    real(kept);
    for (int i = 0; i < FILES; i++) {
        if (state->files[i].inode == step->inode && !opened[i]) state->files[i].inode = 0;
    }
}

/* A directory is forced, and with it all names in it. */
static void directory_forced(const char *path) {
    pthread_mutex_lock(&lock);
    int open = 0;
    for (int i = 0; i < state->steps; i++) {
        struct step *step = &state->step[i];
        if (!step->forced && is_parent(path, step->to)) {
            step->forced = 1;
            drop(step);
        }
        open += !step->forced;
    }
    if (!open) state->steps = 0;
    pthread_mutex_unlock(&lock);
}

/* Whether what is to fail is to fail on this descriptor, too. */
static int concerns(int fd) {
    char path[PATH];
    if (state->part == ALL) return 1;
    if (!path_of(fd, path)) return 0;
    size_t length = strlen(path);
    int is_log = strstr(path, "/log/") || (length > 4 && !strcmp(path + length - 4, "/log"));
    return is_log == (state->part == LOG);
}

/* Takes one of the failures that are left; returns its errno or 0. */
static int failure(int fd, int32_t *error, int32_t *left, int64_t *failed) {
    int which = *error;
    if (!which || !*left || !concerns(fd)) return 0;
    if (*left > 0) __sync_fetch_and_sub(left, 1);
    __sync_fetch_and_add(failed, 1);
    return which;
}

static struct file *file_of(int fd) {
    return state && fd >= 0 && fd < FDS && fds[fd] ? &state->files[fds[fd] - 1] : NULL;
}

/* Bytes of a file that are not forced. */
static void note(struct file *file, int64_t at, ssize_t length) {
    if (length <= 0) return;
    pthread_mutex_lock(&lock);
    file->dirty = join(file->dirty, (struct range){at, at + length});
    pthread_mutex_unlock(&lock);
}

/*
 * Before a write: notes what it may change. Where it goes is put into `at`, if that is -1.
 * Returns how many bytes may go: on a full disk half of them, until the last of them fails.
 */
static ssize_t before_write(int fd, int64_t *at, size_t length) {
    struct file *file = file_of(fd);
    if (!file || !length) return length;
    __sync_fetch_and_add(&state->writes, 1);
    if (state->write_error == ENOSPC && state->write_errors < 0 && length > 1 && concerns(fd)) {
        length /= 2;
    } else {
        int error = failure(fd, &state->write_error, &state->write_errors, &state->failed_writes);
        if (error) {
            errno = error;
            return -1;
        }
    }
    if (*at < 0) {
        struct stat stat_of;
        int appends = fcntl(fd, F_GETFL) & O_APPEND;
        *at = !appends ? lseek(fd, 0, SEEK_CUR) : fstat(fd, &stat_of) ? 0 : stat_of.st_size;
    }
    note(file, *at, length);
    return length;
}

/* After a write: notes it again, since a force that came meanwhile may have missed it. */
static ssize_t after_write(int fd, int64_t at, ssize_t written) {
    struct file *file = file_of(fd);
    if (file) note(file, at, written);
    return written;
}

static size_t total(const struct iovec *vectors, int count) {
    size_t sum = 0;
    for (int i = 0; i < count; i++) sum += vectors[i].iov_len;
    return sum;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t);
    int64_t at = -1;
    ssize_t may = before_write(fd, &at, length);
    return may < 0 ? -1 : after_write(fd, at, real(fd, bytes, may));
}

#define PWRITE(name, offset_type)                                                   \
    ssize_t name(int fd, const void *bytes, size_t length, offset_type offset) {    \
        REAL(ssize_t, #name, int, const void *, size_t, offset_type);               \
        int64_t at = offset;                                                        \
        ssize_t may = before_write(fd, &at, length);                                \
        return may < 0 ? -1 : after_write(fd, at, real(fd, bytes, may, offset));    \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

/* Gathered writes go whole or not at all. */
static int before_writev(int fd, int64_t *at, size_t length) {
    ssize_t may = before_write(fd, at, length);
    if (may >= 0 && (size_t)may < length) errno = ENOSPC;
    return may >= 0 && (size_t)may == length;
}

ssize_t writev(int fd, const struct iovec *vectors, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    int64_t at = -1;
    if (!before_writev(fd, &at, total(vectors, count))) return -1;
    return after_write(fd, at, real(fd, vectors, count));
}

#define PWRITEV(name, offset_type)                                                      \
    ssize_t name(int fd, const struct iovec *vectors, int count, offset_type offset) {  \
        REAL(ssize_t, #name, int, const struct iovec *, int, offset_type);              \
        int64_t at = offset;                                                            \
        if (!before_writev(fd, &at, total(vectors, count))) return -1;                  \
        return after_write(fd, at, real(fd, vectors, count, offset));                   \
    }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

ssize_t sendfile64(int fd, int from, off64_t *offset, size_t length) {
    REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
    int64_t at = -1;
    ssize_t may = before_write(fd, &at, length);
    return may < 0 ? -1 : after_write(fd, at, real(fd, from, offset, may));
}

/* Forces a file: what was written before is kept if this succeeds, what comes meanwhile is not. */
static int force(int fd, int (*real)(int)) {
    struct file *file = file_of(fd);
    char path[PATH];
    struct stat stat_of;
    int is_directory = !file && state && path_of(fd, path)
        && (is_below(path) || !strcmp(path, root)) && !fstat(fd, &stat_of) && S_ISDIR(stat_of.st_mode);
    if (!file && !is_directory) return real(fd);
    __sync_fetch_and_add(&state->forces, 1);
    if (state->slow_force > 0) {
        struct timespec time = {state->slow_force / 1000, state->slow_force % 1000 * 1000000L};
        nanosleep(&time, NULL);
    }
    int spared = state->force_error && state->spared_forces > 0 && concerns(fd)
        && __sync_fetch_and_sub(&state->spared_forces, 1) > 0;
    int error =
        spared ? 0 : failure(fd, &state->force_error, &state->force_errors, &state->failed_forces);
    if (is_directory) {
        int result = error ? -1 : real(fd);
        if (!result) directory_forced(path);
        if (error) errno = error;
        return result;
    }
    pthread_mutex_t *one = &forcing[file - state->files];
    pthread_mutex_lock(one);
    pthread_mutex_lock(&lock);
    file->forcing = join(file->forcing, file->dirty); /* what a killed force left stays dirty */
    file->dirty = (struct range){0, 0};
    pthread_mutex_unlock(&lock);
    int result = error ? -1 : real(fd);
    pthread_mutex_lock(&lock);
    if (result) file->spoiled = join(file->spoiled, file->forcing);
    file->forcing = (struct range){0, 0};
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(one);
    if (error) errno = error;
    return result;
}

int fsync(int fd) {
    REAL(int, "fsync", int);
    return force(fd, real);
}

int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    return force(fd, real);
}

/* Starts to write out, and promises nothing. */
int sync_file_range(int fd, off64_t at, off64_t length, unsigned flags) {
    REAL(int, "sync_file_range", int, off64_t, off64_t, unsigned);
    return real(fd, at, length, flags);
}

/* A new length is not forced; what is cut off is gone for good, forced or not. */
static int truncated(int fd, int64_t length, int result) {
    struct file *file = file_of(fd);
    if (file && !result) {
        pthread_mutex_lock(&lock);
        if (file->dirty.to > (uint64_t)length) file->dirty.to = length;
        pthread_mutex_unlock(&lock);
    }
    return result;
}

int ftruncate(int fd, off_t length) {
    REAL(int, "ftruncate", int, off_t);
    return truncated(fd, length, real(fd, length));
}

int ftruncate64(int fd, off64_t length) {
    REAL(int, "ftruncate64", int, off64_t);
    return truncated(fd, length, real(fd, length));
}

/* Returns the errno of an allocation that is to fail, or 0. */
static int allocation_error(int fd) {
    if (!file_of(fd) || state->write_error != ENOSPC) return 0;
    return failure(fd, &state->write_error, &state->write_errors, &state->failed_writes);
}

#define FALLOCATE(name, offset_type)                                    \
    int name(int fd, int mode, offset_type at, offset_type length) {    \
        REAL(int, #name, int, int, offset_type, offset_type);           \
        int error = allocation_error(fd);                               \
        if (error) errno = error;                                       \
        return error ? -1 : real(fd, mode, at, length);                 \
    }
FALLOCATE(fallocate, off_t)
FALLOCATE(fallocate64, off64_t)

#define POSIX_FALLOCATE(name, offset_type)                              \
    int name(int fd, offset_type at, offset_type length) {              \
        REAL(int, #name, int, offset_type, offset_type);                \
        int error = allocation_error(fd);                               \
        return error ? error : real(fd, at, length);                    \
    }
POSIX_FALLOCATE(posix_fallocate, off_t)
POSIX_FALLOCATE(posix_fallocate64, off64_t)

/* After an open: remembers the file behind the descriptor, and that its name is new. */
static int opened_as(int fd, int flags, int was_there) {
    char path[PATH];
    struct stat stat_of;
    if (fd < 0 || fd >= FDS || !state) return fd;
    fds[fd] = 0;
    if ((flags & O_ACCMODE) == O_RDONLY || !path_of(fd, path) || !is_below(path)) return fd;
    if (fstat(fd, &stat_of) || !S_ISREG(stat_of.st_mode)) return fd;
    pthread_mutex_lock(&lock);
    int at = place(stat_of.st_ino);
    if (at >= 0) {
        fds[fd] = at + 1;
        opened[at]++;
        if (!was_there) {
            memset(&state->files[at], 0, sizeof(struct file));
            state->files[at].inode = stat_of.st_ino;
            add_step(CREATED, path, path, 0, 0);
        }
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

/* Whether a file is there that this open will not make. */
static int is_there(int directory, const char *path, int flags) {
    return !state || !(flags & O_CREAT) || !faccessat(directory, path, F_OK, AT_SYMLINK_NOFOLLOW);
}

static mode_t mode_of(int flags, va_list rest) {
    return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name)                                                      \
    int name(const char *path, int flags, ...) {                        \
        REAL(int, #name, const char *, int, ...);                       \
        va_list rest;                                                   \
        va_start(rest, flags);                                          \
        mode_t mode = mode_of(flags, rest);                             \
        va_end(rest);                                                   \
        int was_there = is_there(AT_FDCWD, path, flags);                \
        return opened_as(real(path, flags, mode), flags, was_there);    \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                            \
    int name(int directory, const char *path, int flags, ...) {                 \
        REAL(int, #name, int, const char *, int, ...);                          \
        va_list rest;                                                           \
        va_start(rest, flags);                                                  \
        mode_t mode = mode_of(flags, rest);                                     \
        va_end(rest);                                                           \
        int was_there = is_there(directory, path, flags);                       \
        return opened_as(real(directory, path, flags, mode), flags, was_there); \
    }
OPENAT(openat)
OPENAT(openat64)

int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open64(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* Before a descriptor is given another meaning. */
static void forget(int fd) {
    if (!file_of(fd)) return;
    pthread_mutex_lock(&lock);
    opened[fds[fd] - 1]--;
    fds[fd] = 0;
    pthread_mutex_unlock(&lock);
}

int close(int fd) {
    REAL(int, "close", int);
    forget(fd);
    return real(fd);
}

/* A copy of a descriptor is one of the same file. */
static int copied(int from, int to) {
    if (to >= 0 && to < FDS && file_of(from)) {
        pthread_mutex_lock(&lock);
        fds[to] = fds[from];
        opened[fds[to] - 1]++;
        pthread_mutex_unlock(&lock);
    }
    return to;
}

int dup(int fd) {
    REAL(int, "dup", int);
    return copied(fd, real(fd));
}

int dup2(int from, int to) {
    REAL(int, "dup2", int, int);
    if (from != to) forget(to);
    int result = real(from, to);
    return from == to ? result : copied(from, result);
}

/* Removes or replaces what is at a path, by the call given, and keeps it until that is forced. */
#define CHANGE(kind, from, to, lost, call)                      \
    uint64_t inode = 0;                                         \
    pthread_mutex_lock(&lock);                                  \
    uint64_t kept = keep(lost, &inode);                         \
    int result = call, error = errno;                           \
    if (!result) add_step(kind, from, to, kept, inode);         \
    pthread_mutex_unlock(&lock);                                \
    errno = error;                                              \
    return result

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    char old[PATH], new[PATH];
    if (!absolute(from, old) || !absolute(to, new) || !is_below(new)) return real(from, to);
    CHANGE(RENAMED, old, new, new, real(from, to));
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    char old[PATH];
    if (!absolute(path, old) || !is_below(old)) return real(path);
    CHANGE(REMOVED, old, old, old, real(path));
}

int remove(const char *path) { return unlink(path) ? (errno == EISDIR ? rmdir(path) : -1) : 0; }

/* Relative to a directory they are followed if they are not relative at all. */
int renameat(int directory, const char *from, int other, const char *to) {
    REAL(int, "renameat", int, const char *, int, const char *);
    return from[0] == '/' && to[0] == '/' ? rename(from, to) : real(directory, from, other, to);
}

int unlinkat(int directory, const char *path, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    return path[0] == '/' && !flags ? unlink(path) : real(directory, path, flags);
}

/* Tells of no free space when told to. */
#define STATVFS(name, type)                                     \
    int name(const char *path, struct type *to) {               \
        REAL(int, #name, const char *, struct type *);          \
        int result = real(path, to);                            \
        if (!result && state && state->no_space) {              \
            to->f_bfree = to->f_bavail = 0;                     \
        }                                                       \
        return result;                                          \
    }
STATVFS(statvfs, statvfs)
STATVFS(statvfs64, statvfs64)
