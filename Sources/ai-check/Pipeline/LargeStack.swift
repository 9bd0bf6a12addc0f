// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// Runs `work` on a thread of its own with a large stack: the analysis follows calls of the program by calls of
/// its own, as deep as the program's nest.
func withLargeStack<Success>(_ work: @escaping () throws(PipelineError) -> Success) throws(PipelineError) -> Success {
    let task = LargeStackTask(work)
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { throw LargeStackTask<Success>.unavailable }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, largeStackBytes) == 0 else {
        throw LargeStackTask<Success>.unavailable
    }
    let context = Unmanaged.passRetained(task as AnyLargeStackTask)
    var thread = pthread_t()
    let status = pthread_create(
        &thread, &attributes,
        { context in
            if let context { Unmanaged<AnyLargeStackTask>.fromOpaque(context).takeRetainedValue().run() }
            return nil
        }, context.toOpaque())
    guard status == 0 else {
        context.release()
        throw LargeStackTask<Success>.unavailable
    }
    pthread_join(thread, nil)
    guard let result = task.result else { throw LargeStackTask<Success>.unavailable }
    return try result.get()
}

/// Reserved, not used: the system gives memory as the stack grows.
private let largeStackBytes = 1 << 30

private class AnyLargeStackTask {
    func run() {}
}

/// Work and its result. Only one thread uses it at any time: joining the other orders the accesses.
private final class LargeStackTask<Success>: AnyLargeStackTask {
    private let work: () throws(PipelineError) -> Success
    private(set) var result: Result<Success, PipelineError>?

    static var unavailable: PipelineError {
        .internalFailure("the system gives no thread with a stack of \(largeStackBytes >> 20) MiB")
    }

    init(_ work: @escaping () throws(PipelineError) -> Success) {
        self.work = work
    }

    override func run() {
        do throws(PipelineError) {
            result = .success(try work())
        } catch {
            result = .failure(error)
        }
    }
}
