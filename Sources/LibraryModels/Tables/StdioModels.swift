// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension LibraryModels {
    static let streams = [LibraryModel](
        file: "stdio_files.c", header: "stdio.h",
        [
            "fopen": "returns a new stream, or null with errno set",
            "fdopen": "returns a new stream, or null with errno set",
            "freopen": "closes a stream and opens it again, or returns null and leaves it closed",
            "popen": "starts a command that changes nothing in the program's memory and returns a new stream, or null",
            "tmpfile": "returns a new stream, or null with errno set",
            "fclose":
                "closes an open stream, whose object ends unless it is stdin, stdout or stderr, and returns 0 or EOF",
            "pclose": "closes an open stream, whose object ends, and returns any number",
            "fflush": "returns 0 or EOF; buffers given to streams still live",
            "setvbuf":
                "gives a stream a buffer whose bytes any later operation on the stream may change, and returns 0 or EOF",
            "setbuf": "gives a stream a buffer whose bytes any later operation on the stream may change",
            "fseek": "returns 0, or -1 with errno set",
            "fseeko": "returns 0, or -1 with errno set",
            "ftell": "returns any position, or -1 with errno set",
            "ftello": "returns any position, or -1 with errno set",
            "rewind": "changes nothing but the stream",
            "fgetpos": "stores any position and returns 0, or returns -1 with errno set",
            "fsetpos": "reads the position given and returns 0, or -1 with errno set",
            "feof": "returns any number",
            "ferror": "returns any number",
            "clearerr": "changes nothing but the stream",
            "fileno": "returns any descriptor or -1",
            "flockfile": "changes nothing but the stream",
            "funlockfile": "changes nothing but the stream",
            "remove": "reads a path and returns 0, or -1 with errno set",
            "rename": "reads two paths and returns 0, or -1 with errno set",
            "tmpnam": "stores any string of less than L_tmpnam bytes and returns it, or returns null",
        ])

    static let characters = [LibraryModel](
        file: "stdio_characters.c", header: "stdio.h",
        [
            "fgetc": "returns any byte or EOF",
            "getc": "returns any byte or EOF",
            "getchar": "returns any byte or EOF",
            "getc_unlocked": "returns any byte or EOF",
            "fgetc_unlocked": "returns any byte or EOF",
            "getchar_unlocked": "returns any byte or EOF",
            "__uflow": "returns any byte or EOF",
            "fputc": "returns the byte written or EOF",
            "putc": "returns the byte written or EOF",
            "putchar": "returns the byte written or EOF",
            "putc_unlocked": "returns the byte written or EOF",
            "fputc_unlocked": "returns the byte written or EOF",
            "putchar_unlocked": "returns the byte written or EOF",
            "__overflow": "returns the byte written or EOF",
            "ungetc": "returns the byte pushed back or EOF",
            "fgets":
                "stores at most n - 1 bytes and a terminator, or returns null, after an error with any content stored",
            "fputs": "reads a string and returns any non-negative number or EOF",
            "puts": "reads a string and returns any non-negative number or EOF",
            "fread":
                "stores any bytes for the number of elements it returns and part of one more, at most count elements",
            "fwrite": "reads count elements of initialised bytes and returns any number of at most count",
            "getline":
                "stores a line in the buffer given or in a new one that replaces it, and returns its length or -1",
            "getdelim":
                "stores a line in the buffer given or in a new one that replaces it, and returns its length or -1",
            "perror": "reads the string given, unless it is null, and writes to stderr",
        ])
}
