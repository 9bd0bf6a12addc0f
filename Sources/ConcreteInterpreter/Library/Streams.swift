// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The files of one execution.
public final class Streams {
    public init() {}
}
