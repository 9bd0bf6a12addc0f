// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Files by descriptor and by name (POSIX).
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

int main(void)
{
    char buffer[64] = { 0 }, path[4096], name[] = "madeXXXXXX";
    struct stat status;
    struct utimbuf times = { 1000000000, 1234567890 };
    int f, g, ends[2];
    umask(022);
    printf("%d", open("missing", O_RDONLY));
    printf(" %d\n", errno);
    f = open("file", O_RDWR | O_CREAT | O_EXCL, 0640);
    printf("%d", f);
    printf(" %d\n", open("file", O_RDWR | O_CREAT | O_EXCL, 0640));
    printf("%zd", write(f, "0123456789", 10));
    printf(" %zd", write(99, "x", 1));
    printf(" %d\n", errno);
    printf("%ld", (long)lseek(f, 3, SEEK_SET));
    printf(" %zd ", read(f, buffer, 4));
    printf("%s", buffer);
    printf(" %ld", (long)lseek(f, 0, SEEK_CUR));
    printf(" %ld\n", (long)lseek(f, -20, SEEK_CUR));
    printf("%d ", ftruncate(f, 5));
    printf("%d", fstat(f, &status));
    printf(" %ld", (long)status.st_size);
    printf(" %o", status.st_mode);
    printf(" %d\n", S_ISREG(status.st_mode));
    g = dup(f);
    printf("%d", g);
    printf(" %d", dup2(f, 9));
    printf(" %ld\n", (long)lseek(9, 0, SEEK_END));
    printf("%d", close(f));
    printf(" %d", close(f));
    printf(" %d", errno);
    printf(" %d\n", close(g));
    printf("%zd", write(9, "!", 1));
    printf(" %d\n", close(9));
    printf("%d", chmod("file", 0600));
    printf(" %d ", utime("file", &times));
    printf("%d", stat("file", &status));
    printf(" %o", status.st_mode & 0777);
    printf(" %ld", (long)status.st_mtime);
    printf(" %ld\n", (long)status.st_size);
    printf("%d", access("file", R_OK));
    printf(" %d", access("missing", F_OK));
    printf(" %d\n", errno);
    printf("%d", mkdir("folder", 0755));
    printf(" %d", mkdir("folder", 0755));
    printf(" %d\n", errno);
    printf("%d", stat("folder", &status));
    printf(" %d\n", S_ISDIR(status.st_mode));
    printf("%d ", chdir("folder"));
    printf("%s\n", strrchr(getcwd(path, sizeof path), '/'));
    printf("%d", getcwd(path, 2) == NULL);
    printf(" %d\n", errno);
    printf("%d", access("../file", F_OK));
    printf(" %d", chdir(".."));
    printf(" %d\n", rmdir("folder"));
    printf("%d", unlink("file"));
    printf(" %d", unlink("file"));
    printf(" %d\n", errno);
    f = mkstemp(name);
    printf("%d", f);
    printf(" %d", strncmp(name, "made", 4));
    printf(" %zu\n", strlen(name));
    printf("%d", close(f));
    printf(" %d\n", unlink(name));
    printf("%d ", pipe(ends));
    printf("%d", ends[0]);
    printf(" %d", ends[1]);
    printf(" %zd ", write(ends[1], "pipe", 4));
    close(ends[1]);
    printf("%zd", read(ends[0], buffer, sizeof buffer));
    printf(" %.4s ", buffer);
    printf("%zd\n", read(ends[0], buffer, sizeof buffer));
    printf("%d", isatty(0));
    printf(" %d\n", errno);
    printf("%d", getpid() > 0);
    printf(" %d", getuid() == geteuid());
    printf(" %d\n", getgid() == getegid());
    f = openat(AT_FDCWD, "below", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    fflush(stdout);
    write(1, "unbuffered\n", 11);
    return f < 0 || unlink("below");
}
