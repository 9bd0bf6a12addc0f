// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Why a bundle cannot be read, is refused, or cannot be written.
public enum BundleError: Error, Equatable, CustomStringConvertible, Sendable {
    // It is not a well-formed bundle.
    case notADirectory(String)
    case isAFile(String)
    case unreadable(file: String, reason: String)
    case missingFile(String)
    case unknownFile(String)
    case symbolicLink(String)
    case notARegularFile(String)
    case badPath(String, flaw: String)
    case tooLarge(file: String, limit: Int)
    case tooManyFiles(limit: Int)
    case badJSON(file: String, JSONError)
    case badShape(file: String, JSONShapeError)
    case unsupportedVersion(Int)
    case duplicateFile(String)
    case filesOutOfOrder(String)
    case wrongDescription(file: String, String)
    case inconsistent(file: String, String)

    // It is well-formed, and not what was signed.
    case signedWithOtherKey(signed: String, trusted: String)
    case invalidSignature
    case wrongManifestDigest(signed: Digest, found: Digest)
    case wrongChecksumList
    case wrongSize(file: String, listed: Int, found: Int)
    case wrongDigest(file: String, listed: Digest, found: Digest)
    case wrongStatement(String)

    // It cannot be written.
    case badName(String)
    case wouldOverwrite(String)
    case unwritable(file: String, reason: String)
    case signingFailed(String)

    /// Whether a bundle was asked for that nobody could write, whatever the state of the disk.
    public var isWrongUsage: Bool {
        switch self {
        case .badName, .wouldOverwrite: true
        default: false
        }
    }

    /// Whether the bundle is refused for what it says and not for how it is built.
    public var isRejection: Bool {
        switch self {
        case .signedWithOtherKey, .invalidSignature, .wrongManifestDigest, .wrongChecksumList, .wrongSize,
            .wrongDigest, .wrongStatement:
            true
        default: false
        }
    }

    public var description: String {
        switch self {
        case .notADirectory(let path): "\(path): not a bundle: no such directory"
        case .isAFile(let path): "\(path): not a bundle: a file; bundles are folders"
        case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .missingFile(let file): "\(file): missing from the bundle"
        case .unknownFile(let file): "\(file): does not belong to the bundle"
        case .symbolicLink(let file): "\(file): is a symbolic link; bundles hold none"
        case .notARegularFile(let file): "\(file): is neither a regular file nor a folder"
        case .badPath(let path, let flaw): "\(printable(path)): not a path for a bundle: it \(flaw)"
        case .tooLarge(let file, let limit): "\(file): larger than the limit of \(limit) bytes"
        case .tooManyFiles(let limit): "the bundle has more than \(limit) files"
        case .badJSON(let file, let error): "\(file): \(error)"
        case .badShape(let file, let error): "\(file): \(error)"
        case .unsupportedVersion(let version):
            "the bundle has format version \(version); this program reads version \(BundleLayout.version)"
        case .duplicateFile(let file): "manifest.json: lists \(file) twice"
        case .filesOutOfOrder(let file): "manifest.json: \(file) is out of order"
        case .wrongDescription(let file, let what): "manifest.json: \(file): \(what)"
        case .inconsistent(let file, let what): "\(file): \(what)"
        case .signedWithOtherKey(let signed, let trusted):
            "the bundle was signed with the key \(printable(signed)), not with the trusted key \(trusted)"
        case .invalidSignature: "attestation.dsse.json: the signature is not valid"
        case .wrongManifestDigest(let signed, let found):
            "manifest.json: altered after signing: the signed digest is \(signed), the file's is \(found)"
        case .wrongChecksumList: "SHA256SUMS: does not list what manifest.json lists"
        case .wrongSize(let file, let listed, let found):
            "\(file): altered after signing: \(listed) bytes were signed, the file has \(found)"
        case .wrongDigest(let file, let listed, let found):
            "\(file): altered after signing: the listed digest is \(listed), the file's is \(found)"
        case .wrongStatement(let what): "attestation.dsse.json: \(what)"
        case .badName(let name):
            "\(name): the name of a bundle ends in .\(BundleLayout.directoryExtension)"
        case .wouldOverwrite(let path):
            "\(path): exists and is not a bundle; it is left alone, choose another name"
        case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
        case .signingFailed(let reason): "the bundle cannot be signed: \(reason)"
        }
    }
}

/// Text from an untrusted bundle, fit for a terminal.
func printable(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(200).map { scalar -> String in
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
    return shown.joined()
}
