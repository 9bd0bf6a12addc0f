// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import LibraryModels
import Testing

@Suite struct RegistryTests {
    @Test func namesAreUniqueAndFilesExist() {
        let files = Set(LibraryModels.files.map(\.name))
        #expect(Set(LibraryModels.all.map(\.name)).count == LibraryModels.all.count)
        for model in LibraryModels.all {
            #expect(files.contains(model.file), "\(model.name)")
            #expect(LibraryModels.model(named: model.name) == model)
        }
    }

    @Test func everyAssumptionIsOneSentenceAboutTheFunction() {
        for model in LibraryModels.all {
            #expect(model.assumption.hasPrefix(model.name + " "), "\(model.name)")
            #expect(model.assumption.hasSuffix(".") && !model.assumption.contains("\n"), "\(model.name)")
        }
    }

    @Test func secondNamesFindTheModel() {
        #expect(LibraryModels.model(named: "fopen64")?.name == "fopen")
        #expect(LibraryModels.model(named: "__isoc99_sscanf")?.name == "sscanf")
        #expect(LibraryModels.model(named: "__builtin_memcpy")?.name == "memcpy")
        #expect(LibraryModels.model(named: "no_such_function") == nil)
        #expect(LibraryModels.unfortified("__builtin___strcpy_chk")?.name == "strcpy")
        #expect(LibraryModels.unfortified("__memcpy_chk")?.extraArguments == 1)
        #expect(LibraryModels.unfortified("__no_such_chk") == nil)
    }

    /// What zlib, bzip2, cJSON and Lua call, linked as whole programs.
    @Test func functionsOfRealProgramsHaveModelsOrAReason() {
        let used = """
            __assert_fail __ctype_b_loc __ctype_tolower_loc __ctype_toupper_loc __errno_location __isoc99_sscanf __uflow
            abort abs acos asin atan2 calloc ceil clearerr clock close cos cosh difftime exit exp fabs fchmod fchown fclose
            fdopen feof ferror fflush fgetc fgets fileno floor flockfile fmod fopen64 fprintf fputc fputs fread free
            freopen64 frexp fseeko64 ftello64 funlockfile fwrite getc getc_unlocked getenv gmtime_r isatty ldexp localeconv
            localtime_r log log10 log2 lseek64 lstat64 malloc memchr memcmp memcpy memmove memset mkstemp64 mktime open
            open64 pclose perror popen pow printf puts read realloc remove rename rewind setlocale setvbuf sigaction
            sigemptyset signal sin sinh snprintf sprintf sqrt stat64 stderr stdin stdout strcat strchr strcmp strcoll strcpy
            strerror strftime strlen strncmp strncpy strpbrk strspn strstr strtod system tan tanh time tmpfile64 tolower
            toupper ungetc utime vsnprintf write _longjmp _setjmp dlclose dlerror dlopen dlsym
            """
        for name in used.split(whereSeparator: \.isWhitespace).map(String.init) {
            let isKnown =
                LibraryModels.model(named: name) != nil || LibraryModels.file(defining: name) != nil
                || LibraryModels.reasonNotModelled(name) != nil
            #expect(isKnown, "\(name)")
        }
    }

    @Test func formatCallsPointAtTheirArguments() throws {
        let snprintf = try #require(LibraryModels.model(named: "snprintf")?.format)
        #expect(snprintf.format == 2 && snprintf.firstArgument == 3 && snprintf.leading == [0, 1])
        let vfprintf = try #require(LibraryModels.model(named: "vfprintf")?.format)
        #expect(vfprintf.format == 1 && vfprintf.firstArgument == nil && vfprintf.helper == "__ai_fprintf")
        let sscanf = try #require(LibraryModels.model(named: "sscanf")?.format)
        #expect(sscanf.direction == .input && sscanf.format == 1)
    }
}
