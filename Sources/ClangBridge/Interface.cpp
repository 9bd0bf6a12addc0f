// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The C interface: one 512 MB thread per parse, because clang and the serialiser recurse with the depth of the code.

#include "Parse.h"
#include "Result.h"

#include "clang/Basic/Version.h"
#include "llvm/Support/thread.h"

static constexpr unsigned stackSize = 512u << 20;

BridgeResult *bridgeParse(const char *workingDirectory, const char *const *arguments, size_t argumentCount,
                          const BridgeVirtualFile *virtualFiles, size_t virtualFileCount) {
  auto *result = new BridgeResult;
  llvm::thread worker(std::optional<unsigned>(stackSize), [&] {
    bridge::parse(*result, workingDirectory ? workingDirectory : "", {arguments, argumentCount},
                  {virtualFiles, virtualFileCount});
  });
  worker.join();
  return result;
}

void bridgeFree(BridgeResult *result) { delete result; }

BridgeStatus bridgeStatus(const BridgeResult *result) { return result->status; }

const uint32_t *bridgeWords(const BridgeResult *result, size_t *count) {
  *count = result->words.size();
  return result->words.data();
}

size_t bridgeDiagnosticCount(const BridgeResult *result) { return result->diagnostics.size(); }

BridgeDiagnostic bridgeDiagnostic(const BridgeResult *result, size_t index) {
  const BridgeResult::Diagnostic &diagnostic = result->diagnostics[index];
  return {diagnostic.severity, diagnostic.file.c_str(), diagnostic.line, diagnostic.column, diagnostic.message.c_str()};
}

size_t bridgeDroppedFlagCount(const BridgeResult *result) { return result->droppedFlags.size(); }
const char *bridgeDroppedFlag(const BridgeResult *result, size_t index) { return result->droppedFlags[index].c_str(); }

const char *bridgeClangVersion(void) { return CLANG_VERSION_STRING; }
