// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension LibraryModels {
    /// Functions of the C library that have no model on purpose, with the reason a report gives. They are treated as any
    /// external function without a model, and a program that calls them is not proved beyond the call.
    public static func reasonNotModelled(_ name: String) -> String? {
        for (names, reason) in reasons where names.contains(name) { return reason }
        return nil
    }

    private static let reasons: [(Set<String>, String)] = [
        (
            ["setjmp", "_setjmp", "__sigsetjmp", "sigsetjmp", "longjmp", "_longjmp", "siglongjmp"],
            "jumps between functions are not modelled"
        ),
        (["dlopen", "dlsym", "dlclose", "dlerror"], "code loaded at run time is not part of the program analysed"),
        (["fork", "vfork", "clone", "pthread_create"], "other threads and processes are not modelled"),
        (
            ["execve", "execv", "execvp", "execl", "execlp", "execle"],
            "replacing the program is not modelled"
        ),
        (["mmap", "mmap64", "munmap", "mremap", "brk", "sbrk"], "memory that the heap does not give is not modelled"),
    ]
}
