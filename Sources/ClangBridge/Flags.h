// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <optional>
#include <string>
#include <vector>

struct BridgeResult;

namespace bridge {

/// The command as clang's driver is to see it: flags without meaning for the program dropped and reported, flags
/// that cannot be honoured refused (then nothing is returned and the result says why), ours added at the end.
std::optional<std::vector<std::string>> normalizeFlags(llvm::ArrayRef<const char *> arguments,
                                                       llvm::vfs::FileSystem &files, BridgeResult &result);

} // namespace bridge
