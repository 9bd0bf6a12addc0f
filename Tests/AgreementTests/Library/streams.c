// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Streams on files: modes, positions, pushing back, lines of any length, states.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void content(const char *name)
{
    FILE *f = fopen(name, "rb");
    int c;
    if (f == NULL) {
        printf("no %s", name);
        printf(": %s\n", strerror(errno));
        return;
    }
    while ((c = getc(f)) != EOF)
        printf(c >= 32 && c < 127 ? "%c" : "\\%03o", c);
    printf(" | %d", feof(f) != 0);
    printf(" %d\n", ferror(f) != 0);
    fclose(f);
}

static void modes(void)
{
    static const char *const all[] = { "r", "w", "a", "r+", "w+", "a+", "wx", "rb", "wb+", "q", "" };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        FILE *f;
        remove("modes");
        if (i % 2 == 0 && (f = fopen("modes", "w")) != NULL) {
            fputs("before", f);
            fclose(f);
        }
        errno = 0;
        f = fopen("modes", all[i]);
        printf("%s %d %d: ", all[i], f != NULL, errno);
        if (f != NULL) {
            long at = ftell(f);
            int c = getc(f), e = ferror(f) != 0;
            clearerr(f);
            if (c != EOF || !e)
                fseek(f, 0, SEEK_CUR);
            printf("%ld", at);
            printf(" %d", c);
            printf(" %d", e);
            printf(" %d", fputc('X', f));
            printf(" %ld ", ftell(f));
            printf("%d\n", fclose(f));
        } else {
            printf("\n");
        }
        content("modes");
    }
    remove("modes");
}

static void positions(void)
{
    FILE *f = fopen("positions", "w+");
    fpos_t at;
    char text[8];
    for (int i = 0; i < 10000; i++)
        fprintf(f, "%04d\n", i);
    printf("%ld\n", ftell(f));
    rewind(f);
    printf("%d", getc(f));
    printf(" %ld\n", ftell(f));
    printf("%d", fseek(f, 5000, SEEK_SET));
    printf(" %ld ", ftell(f));
    printf("%d\n", fscanf(f, "%4s", text));
    printf("%s", text);
    printf(" %ld\n", ftell(f));
    fgetpos(f, &at);
    printf("%d", fseek(f, -5, SEEK_END));
    printf(" %d ", fgetc(f));
    printf("%d ", fsetpos(f, &at));
    printf("%d", fgetc(f));
    printf(" %ld\n", ftell(f));
    printf("%d", fseek(f, -3, SEEK_CUR));
    printf(" %d ", fgetc(f));
    errno = 0;
    printf("%d", fseek(f, -1, SEEK_SET));
    printf(" %d\n", errno);
    fseek(f, 0, SEEK_SET);
    fwrite("abc", 1, 3, f);
    fflush(f);
    fseek(f, 0, SEEK_CUR);
    printf("%c", fgetc(f));
    printf("%c\n", fgetc(f));
    fseek(f, 2, SEEK_END);
    fputc('e', f);
    fseek(f, -4, SEEK_END);
    for (int c; (c = fgetc(f)) != EOF;)
        printf("%d ", c);
    printf("%d\n", feof(f) != 0);
    fseek(f, 0, SEEK_SET);
    printf("%d ", ungetc('Z', f));
    printf("%d", feof(f) != 0);
    printf(" %ld ", ftell(f));
    printf("%c", fgetc(f));
    printf("%c\n", fgetc(f));
    printf("%d ", ungetc(EOF, f));
    ungetc('1', f);
    ungetc('2', f);
    printf("%c", fgetc(f));
    printf("%c", fgetc(f));
    printf("%c\n", fgetc(f));
    fclose(f);
    remove("positions");
}

static void lines(void)
{
    FILE *f = fopen("lines", "w");
    char *line = NULL, small[5];
    size_t capacity = 0;
    ssize_t length;
    fputs("short\n", f);
    for (int i = 0; i < 300; i++)
        putc('a' + i % 26, f);
    fputs("\n\nlast;with;parts", f);
    fclose(f);
    f = fopen("lines", "r");
    while ((length = getline(&line, &capacity, f)) != -1)
        printf("%zd %zu %.6s\n", length, capacity, line);
    printf("%d\n", feof(f) != 0);
    fseek(f, -10, SEEK_END);
    while ((length = getdelim(&line, &capacity, ';', f)) != -1)
        printf("%zd %s\n", length, line);
    free(line);
    rewind(f);
    for (int i = 0; i < 4; i++)
        printf("<%s> ", fgets(small, sizeof small, f));
    printf("<%s> ", fgets(small, 1, f));
    printf("%d\n", fgets(small, 0, f) == NULL);
    fclose(f);
    remove("lines");
}

static void blocks(void)
{
    FILE *f = fopen("blocks", "wb");
    int numbers[10], read[10] = { 0 };
    for (int i = 0; i < 10; i++)
        numbers[i] = i * i;
    printf("%zu ", fwrite(numbers, sizeof *numbers, 10, f));
    printf("%zu", fwrite(numbers, 3, 1, f));
    printf(" %zu ", fwrite(numbers, 0, 5, f));
    fclose(f);
    f = fopen("blocks", "rb");
    printf("%zu ", fread(read, sizeof *read, 4, f));
    printf("%zu", fread(read + 4, sizeof *read, 6, f));
    printf(" %d", read[9]);
    printf(" %d\n", feof(f) != 0);
    printf("%zu", fread(read, sizeof *read, 1, f));
    printf(" %d\n", feof(f) != 0);
    fclose(f);
    remove("blocks");
}

static void states(void)
{
    FILE *f = fopen("states", "w");
    char buffer[128];
    int c;
    errno = 0;
    c = fgetc(f);
    printf("%d", c);
    printf(" %d", errno);
    printf(" %d", ferror(f) != 0);
    printf(" %d\n", feof(f) != 0);
    clearerr(f);
    printf("%d", ferror(f));
    printf(" %d\n", setvbuf(f, buffer, _IOFBF, sizeof buffer));
    fputs("buffered", f);
    content("states");
    fflush(f);
    content("states");
    setvbuf(f, NULL, _IONBF, 0);
    fputs("+now", f);
    content("states");
    f = freopen("states", "r", f);
    printf("%d ", f != NULL);
    errno = 0;
    c = fputc('x', f);
    printf("%d", c);
    printf(" %d", errno);
    printf(" %d\n", ferror(f) != 0);
    printf("%d\n", fclose(f));
    errno = 0;
    printf("%d ", fopen("states/none", "r") == NULL);
    printf("%d ", errno);
    printf("%d", rename("states", "moved"));
    printf(" %d ", remove("states"));
    printf("%d\n", errno);
    content("moved");
    remove("moved");
    f = tmpfile();
    fputs("temporary", f);
    rewind(f);
    printf("%s", fgets(buffer, sizeof buffer, f));
    printf(" %d\n", fileno(f) > 2);
    fclose(f);
    errno = EACCES;
    perror("told");
    errno = EACCES;
    perror(NULL);
    f = fdopen(dup(1), "w");
    fflush(stdout);
    fprintf(f, "by another stream\n");
    fclose(f);
}

int main(void)
{
    char line[16];
    int c;
    modes();
    positions();
    lines();
    blocks();
    states();
    printf("<%s>\n", fgets(line, sizeof line, stdin));
    while ((c = getchar()) != EOF && c != ';')
        putchar(c);
    ungetc(c, stdin);
    printf(" %c", getc_unlocked(stdin));
    while ((c = getchar_unlocked()) != EOF)
        putchar_unlocked(c);
    printf("%d", feof(stdin) != 0);
    printf(" %d\n", getchar());
    freopen("output", "w", stdout);
    printf("redirected %d\n", 5);
    fclose(stdout);
    fprintf(stderr, "end\n");
    return 3;
}
