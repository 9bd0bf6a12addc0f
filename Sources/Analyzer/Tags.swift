// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// A name for a set of concrete objects: FORMAT.md section 5.1.
public typealias Tag = Int32

extension Tag {
    public static let null: Tag = 0
    /// Automatic objects that are no longer alive.
    public static let ended: Tag = 1
    /// Heap objects that are no longer alive.
    public static let freed: Tag = 2
    static let firstFunction: Tag = 3
}

/// What a tag stands for.
public struct TagInfo: Sendable {
    public enum Kind: Sendable, Hashable {
        case null, ended, freed
        case function(FunctionID)
        case object(ObjectID)
        /// `object` as started by function clone `clone`.
        case local(ObjectID, clone: Int32)
        /// Made by instruction `instruction` of the function of `clone`.
        case heap(clone: Int32, instruction: Int32, many: Bool)
    }

    public var kind: Kind
    /// A heap tag's counterpart for the objects made before the latest one; -1 if there is none.
    public var partner: Tag = -1
    /// Heap: the alignment that the allocation promises.
    var alignment: Int = 1
}

/// All tags of one analysis: the static ones by number, then the dynamic ones as they turn up.
public final class TagTable {
    public let program: Program
    public let firstObject: Tag
    public let firstDynamic: Tag
    public private(set) var dynamic: [TagInfo] = []
    private var ids: [TagInfo.Kind: Tag] = [:]
    /// Function clones that may be entered again while they run: their local tags stand for many objects.
    public var recursiveClones: Set<Int32> = []

    init(program: Program) {
        self.program = program
        firstObject = Tag.firstFunction + Tag(program.functions.count)
        firstDynamic = firstObject + Tag(program.objects.count)
    }

    public func function(_ id: FunctionID) -> Tag { Tag.firstFunction + id }
    public func object(_ id: ObjectID) -> Tag { firstObject + id }

    public func local(_ object: ObjectID, clone: Int32) -> Tag { intern(TagInfo(kind: .local(object, clone: clone))) }

    /// The tag of the latest object that the instruction made in the clone.
    public func heap(clone: Int32, instruction: Int32, alignment: Int) -> Tag {
        let many = TagInfo(kind: .heap(clone: clone, instruction: instruction, many: true), alignment: alignment)
        let partner = intern(many)
        return intern(
            TagInfo(
                kind: .heap(clone: clone, instruction: instruction, many: false), partner: partner, alignment: alignment
            ))
    }

    private func intern(_ info: TagInfo) -> Tag {
        if let known = ids[info.kind] { return known }
        let tag = firstDynamic + Tag(dynamic.count)
        dynamic.append(info)
        ids[info.kind] = tag
        return tag
    }

    public func info(_ tag: Tag) -> TagInfo {
        if tag >= firstDynamic { return dynamic[Int(tag - firstDynamic)] }
        if tag >= firstObject { return TagInfo(kind: .object(tag - firstObject)) }
        switch tag {
        case .null: return TagInfo(kind: .null)
        case .ended: return TagInfo(kind: .ended)
        case .freed: return TagInfo(kind: .freed)
        default: return TagInfo(kind: .function(tag - Tag.firstFunction))
        }
    }

    /// The object that a static or local tag stands for.
    public func object(of tag: Tag) -> Object? {
        switch info(tag).kind {
        case .object(let id), .local(let id, _): program.objects[Int(id)]
        default: nil
        }
    }

    /// True if the tag names memory that can be accessed: neither null, ended, freed nor a function.
    public func isObject(_ tag: Tag) -> Bool { tag >= firstObject }

    public func isFunction(_ tag: Tag) -> Bool { tag >= Tag.firstFunction && tag < firstObject }

    /// True if the tag names at most one object at any time.
    public func isSingle(_ tag: Tag) -> Bool {
        switch info(tag).kind {
        case .object: true
        case .local(_, let clone): !recursiveClones.contains(clone)
        case .heap(_, _, let many): !many
        default: false
        }
    }

    public func isHeap(_ tag: Tag) -> Bool {
        if case .heap = info(tag).kind { return true }
        return false
    }

    public func alignment(of tag: Tag) -> Int {
        object(of: tag).map { Int($0.alignment) } ?? info(tag).alignment
    }

    /// The size in bytes, where the declaration tells it.
    public func staticSize(of tag: Tag) -> Int? {
        guard let object = object(of: tag), object.size >= 0 else { return nil }
        return Int(object.size)
    }

    /// What the tag is called in messages.
    public func name(of tag: Tag) -> String {
        switch info(tag).kind {
        case .null: "NULL"
        case .ended: "an object whose lifetime has ended"
        case .freed: "freed memory"
        case .function(let id): program.functions[Int(id)].name
        case .object(let id), .local(let id, _): program.objects[Int(id)].name
        case .heap: "an allocated object"
        }
    }
}
