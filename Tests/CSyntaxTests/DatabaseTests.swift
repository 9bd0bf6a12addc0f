// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

@testable import CSyntax

@Suite struct DatabaseTests {
    private func load(_ text: String) throws -> [CompileCommand] {
        try CompilationDatabase.parse(Data(text.utf8), path: "db.json").commands
    }

    @Test func bothFormsOfCommandsAreRead() throws {
        let commands = try load(
            """
            [{"directory": "/d", "file": "a.c", "arguments": ["cc", "-c", "a.c"]},
             {"directory": "/d", "file": "b.c", "command": "cc -DX='a b' \\"-Iq r\\" -c b\\\\ c.c"}]
            """)
        #expect(commands[0].arguments == ["cc", "-c", "a.c"])
        #expect(commands[1].arguments == ["cc", "-DX=a b", "-Iq r", "-c", "b c.c"])
    }

    @Test func launchersAreNoCompilers() throws {
        func arguments(_ command: String) throws -> [String] {
            try load("[{\"directory\": \"/d\", \"file\": \"a.c\", \"command\": \"\(command)\"}]")[0].arguments
        }
        #expect(try arguments("/usr/bin/ccache distcc gcc -c a.c") == ["gcc", "-c", "a.c"])
        #expect(try arguments("/usr/lib/ccache/gcc -c a.c") == ["/usr/lib/ccache/gcc", "-c", "a.c"])
        // Under the name of the launcher as its own compiler.
        #expect(try arguments("ccache -c a.c") == ["ccache", "-c", "a.c"])
    }

    @Test func shellWordsFollowPosix() {
        #expect(shellWords("a  'b c' \"d\\\"e\" f\\ g ''") == ["a", "b c", "d\"e", "f g", ""])
        #expect(shellWords("a 'b") == nil)
        #expect(shellWords("\"a\\x\"") == ["a\\x"])
    }

    @Test func errorsNameTheEntry() throws {
        #expect { try load("[]") } throws: { if case FrontEndError.emptyDatabase = $0 { true } else { false } }
        #expect { try load("[{\"directory\": \"/d\", \"file\": \"a.c\", \"command\": \"cc x\"}, {}]") } throws: {
            if case FrontEndError.malformedEntry(_, entry: 2, _) = $0 { true } else { false }
        }
        #expect { try load("[\n {,}]") } throws: {
            if case FrontEndError.malformedDatabase(_, line: 2, _, _) = $0 { true } else { false }
        }
        #expect { try CompilationDatabase.load(directory: "/nowhere") } throws: {
            if case FrontEndError.unreadableDatabase = $0 { true } else { false }
        }
    }
}
