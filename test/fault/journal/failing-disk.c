/*
 * Loaded before the C library, it watches what a process does to signalbox.db and the files beside it.
 * IO_FAIL_AT=N: the Nth write, truncation or flush of them fails with EIO, and only that one.
 * IO_LOG=FILE: a line for every flush of them ("sync <file>") and every write to standard output ("ack").
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static const char *watched(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, 4095);
  if (length < 0) return NULL;
  path[length] = 0;
  return strstr(path, "/signalbox.db");
}

static void note(const char *what, const char *name) {
  const char *file = getenv("IO_LOG");
  if (file == NULL) return;
  ssize_t (*real_write)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  char line[256];
  int length = snprintf(line, sizeof line, "%s%s\n", what, name);
  int log = open(file, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (log < 0) return;
  if (real_write(log, line, length) < 0) abort();
  close(log);
}

static int fails(int fd, const char *what) {
  char path[4096];
  const char *name = watched(fd, path);
  if (name == NULL) return 0;
  if (what != NULL) note(what, name);
  const char *at = getenv("IO_FAIL_AT");
  if (at == NULL || atomic_fetch_add(&calls, 1) + 1 != atol(at)) return 0;
  errno = EIO;
  return 1;
}

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, name))

int fsync(int fd) { return fails(fd, "sync ") ? -1 : REAL("fsync", int (*)(int))(fd); }
int fdatasync(int fd) { return fails(fd, "sync ") ? -1 : REAL("fdatasync", int (*)(int))(fd); }
int ftruncate(int fd, off_t size) { return fails(fd, NULL) ? -1 : REAL("ftruncate", int (*)(int, off_t))(fd, size); }
int ftruncate64(int fd, off64_t size) { return fails(fd, NULL) ? -1 : REAL("ftruncate64", int (*)(int, off64_t))(fd, size); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  return fails(fd, NULL) ? -1 : REAL("pwrite", ssize_t (*)(int, const void *, size_t, off_t))(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  return fails(fd, NULL) ? -1 : REAL("pwrite64", ssize_t (*)(int, const void *, size_t, off64_t))(fd, data, size, at);
}
ssize_t write(int fd, const void *data, size_t size) {
  if (fails(fd, NULL)) return -1;
  ssize_t written = REAL("write", ssize_t (*)(int, const void *, size_t))(fd, data, size);
  int error = errno;
  if (fd == 1 && written > 0) note("ack", "");
  errno = error;
  return written;
}
