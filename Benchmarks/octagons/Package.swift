// swift-tools-version: 6.1
// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import PackageDescription

// A package of its own: what measures the domain against a library of others is no part of the product.
let package = Package(
    name: "octagon-benchmark",
    dependencies: [.package(name: "ai-check", path: "../..")],
    targets: [
        .executableTarget(
            name: "octagon-benchmark", dependencies: [.product(name: "Octagons", package: "ai-check")])
    ],
    swiftLanguageModes: [.v6]
)
