// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// The package as its manifest declares it.
struct PackageDescription: Sendable {
    struct Target: Sendable {
        let name: String
        /// The folder, relative to the package.
        let path: String
        let isTest: Bool
        /// Targets of this package.
        let targets: Set<String>
        /// Products of other packages.
        let products: Set<String>

        /// The name by which Swift code imports it.
        var module: String { name.replacingOccurrences(of: "-", with: "_") }
    }

    let root: String
    let targets: [String: Target]

    /// The package this test belongs to.
    static let current = Result { try PackageDescription() }

    private init() throws {
        root =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let package = try JSONDecoder().decode(Dump.self, from: try PackageDescription.dump(root))
        var targets: [String: Target] = [:]
        for target in package.targets {
            targets[target.name] = Target(
                name: target.name, path: target.path ?? (target.type == "test" ? "Tests/" : "Sources/") + target.name,
                isTest: target.type == "test", targets: Set(target.dependencies.compactMap(\.targetName)),
                products: Set(target.dependencies.compactMap(\.productName)))
        }
        self.targets = targets
    }

    /// Everything that a target reaches through its dependencies.
    func closure(of name: String) -> Set<String> {
        var reached: Set<String> = []
        var pending = [name]
        while let next = pending.popLast() {
            for dependency in targets[next]?.targets ?? [] where reached.insert(dependency).inserted {
                pending.append(dependency)
            }
        }
        return reached
    }

    /// The Swift and C family files below a folder, relative to the package.
    func sourceFiles(in folder: String) -> [String] {
        let endings: Set = ["swift", "c", "h", "cc", "cpp", "hpp"]
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder)) ?? []
        return all.filter { endings.contains(URL(fileURLWithPath: $0).pathExtension) }.map { folder + "/" + $0 }
            .sorted()
    }

    func text(of file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: root + "/" + file)), as: UTF8.self)
    }

    private static func dump(_ root: String) throws -> Data {
        // A scratch folder of its own: the test runner may hold the lock of the usual one.
        let scratch = NSTemporaryDirectory() + "architecture-tests-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["swift", "package", "--package-path", root, "--scratch-path", scratch, "dump-package"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }
}

/// What is needed of the output of `swift package dump-package`.
private struct Dump: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let path: String?
        let dependencies: [Dependency]
    }

    /// `{"byName": ["Lattices", null]}` or `{"product": ["Crypto", "swift-crypto", null, null]}`.
    struct Dependency: Decodable {
        let targetName: String?
        let productName: String?

        private enum Keys: CodingKey { case byName, target, product }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            targetName = try Dependency.name(container, .byName) ?? Dependency.name(container, .target)
            productName = try Dependency.name(container, .product)
        }

        /// The name comes first; what follows it does not matter here.
        private static func name(_ container: KeyedDecodingContainer<Keys>, _ key: Keys) throws -> String? {
            guard container.contains(key) else { return nil }
            var list = try container.nestedUnkeyedContainer(forKey: key)
            return try list.decode(String.self)
        }
    }

    let targets: [Target]
}
