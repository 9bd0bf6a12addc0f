// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#pragma once

#include "ClangBridge.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace bridge {

/// Parses one compile command and serialises its syntax tree into the result.
void parse(BridgeResult &result, llvm::StringRef workingDirectory, llvm::ArrayRef<const char *> arguments,
           llvm::ArrayRef<BridgeVirtualFile> virtualFiles);

} // namespace bridge
