// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Parses C with clang 19 and hands out the typed syntax tree of one translation unit as one flat buffer of
// little-endian 32-bit words. BridgeCodes.h lists the numeric codes, BridgeLayout.h the word layout.
//
// Every function is reentrant. A parse never changes the process' working directory and never writes a file.

#pragma once

#include "BridgeCodes.h"
#include "BridgeLayout.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct BridgeResult BridgeResult;

/// A source file given by its contents. It hides a file of the same path on disk.
typedef struct BridgeVirtualFile {
  const char *path;
  const char *contents;
  size_t length;
} BridgeVirtualFile;

/// One diagnostic. The strings live as long as the result. line and column are 0 where there is no location.
typedef struct BridgeDiagnostic {
  BridgeSeverity severity;
  const char *file;
  uint32_t line;
  uint32_t column;
  const char *message;
} BridgeDiagnostic;

/// Parses one translation unit.
///
/// `arguments` is the compile command as compile_commands.json has it: arguments[0] names the compiler.
/// Relative paths are resolved against `workingDirectory` (NULL: the process' working directory).
/// Never returns NULL; free the result with bridgeFree.
BridgeResult *bridgeParse(const char *workingDirectory, const char *const *arguments, size_t argumentCount,
                          const BridgeVirtualFile *virtualFiles, size_t virtualFileCount);
void bridgeFree(BridgeResult *result);

BridgeStatus bridgeStatus(const BridgeResult *result);

/// The buffer; empty unless the status is BridgeStatusParsed.
const uint32_t *bridgeWords(const BridgeResult *result, size_t *count);

size_t bridgeDiagnosticCount(const BridgeResult *result);
BridgeDiagnostic bridgeDiagnostic(const BridgeResult *result, size_t index);

/// Flags that were dropped because they do not change what the program means.
size_t bridgeDroppedFlagCount(const BridgeResult *result);
const char *bridgeDroppedFlag(const BridgeResult *result, size_t index);

const char *bridgeClangVersion(void);

#ifdef __cplusplus
}
#endif
