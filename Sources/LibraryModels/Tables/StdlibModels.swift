// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension LibraryModels {
    static let heap = [LibraryModel](
        file: "stdlib_memory.c", header: "stdlib.h",
        [
            "malloc":
                "returns a new object of n uninitialised bytes, or null with errno set, always so above PTRDIFF_MAX",
            "calloc": "returns a new object of zero bytes, or null with errno set, always so where the size overflows",
            "free": "ends the life of an object that the heap gave, or does nothing with a null pointer",
            "realloc":
                "moves an object's bytes to a new one and frees it, or returns null and leaves it; size 0 frees it",
            "reallocarray": "works as realloc on the product, and returns null where that overflows",
            "aligned_alloc": "returns a new object of n uninitialised bytes with the alignment asked for, or null",
            "memalign": "returns a new object of n uninitialised bytes with the alignment asked for, or null",
            "posix_memalign": "stores a new object of n uninitialised bytes and returns 0, or returns an error number",
        ])

    static let numbers = [LibraryModel](
        file: "stdlib_numbers.c", header: "stdlib.h",
        [
            "atoi": "reads the decimal number at a string's start, which must fit into an int",
            "atol": "reads the decimal number at a string's start, which must fit into a long",
            "atoll": "reads the decimal number at a string's start, which must fit into a long long",
            "atof": "reads a string's start and returns any double, also where the number is out of range",
            "strtol": "reads a prefix of a string, stores where it ends, and returns any long",
            "strtoul": "reads a prefix of a string, stores where it ends, and returns any unsigned long",
            "strtoll": "reads a prefix of a string, stores where it ends, and returns any long long",
            "strtoull": "reads a prefix of a string, stores where it ends, and returns any unsigned long long",
            "strtod": "reads a prefix of a string, stores where it ends, and returns any double",
            "strtof": "reads a prefix of a string, stores where it ends, and returns any float",
            "abs": "returns the absolute value, which must be an int",
            "labs": "returns the absolute value, which must be a long",
            "llabs": "returns the absolute value, which must be a long long",
            "div": "returns quotient and remainder of ints",
            "ldiv": "returns quotient and remainder of longs",
            "lldiv": "returns quotient and remainder of long longs",
            "rand": "returns any number from 0 to RAND_MAX",
            "srand": "has no effect the program can see but on rand",
            "rand_r": "changes the seed given and returns any number from 0 to RAND_MAX",
            "random": "returns any number from 0 to 2^31 - 1",
            "srandom": "has no effect the program can see but on random",
            "drand48": "returns any double from 0 to below 1",
            "srand48": "has no effect the program can see but on drand48",
        ])

    static let sorting = [LibraryModel](
        file: "stdlib_sort.c", header: "stdlib.h",
        [
            "qsort":
                "calls the comparison with elements of the array any number of times and leaves elements of the array in any order",
            "bsearch":
                "calls the comparison with the key and elements of the array and returns one that compared equal, or null",
        ]
    ).with(.callsBack, on: ["qsort", "bsearch"])

    static let process = [LibraryModel](
        file: "stdlib_process.c", header: "stdlib.h",
        [
            "atexit": "registers a function for exit or fails; at most 32 are registered",
            "at_quick_exit": "registers a function for quick_exit or fails; at most 32 are registered",
            "exit":
                "calls the functions given to atexit, last first, and ends the program; buffers given to streams still live then",
            "quick_exit": "calls the functions given to at_quick_exit, last first, and ends the program",
            "_Exit": "ends the program",
            "abort": "runs the handler of SIGABRT if there is one and ends the program",
            "getenv": "returns null or any string of at most 131071 bytes in an object of the environment",
            "system": "runs a command that changes nothing in the program's memory and returns any number",
            "mkstemp": "replaces a string's last six bytes and returns a descriptor or -1",
        ]
    ).with(.neverReturns, on: ["exit", "quick_exit", "_Exit", "abort"])
        .with(.callsBack, on: ["exit", "quick_exit", "abort"])
}
