// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// What one parse leaves behind.

#pragma once

#include "ClangBridge.h"

#include <string>
#include <vector>

struct BridgeResult {
  struct Diagnostic {
    BridgeSeverity severity;
    std::string file;
    uint32_t line, column;
    std::string message;
  };

  BridgeStatus status = BridgeStatusInternalFailure;
  std::vector<uint32_t> words;
  std::vector<Diagnostic> diagnostics;
  std::vector<std::string> droppedFlags;

  void error(std::string message) { diagnostics.push_back({BridgeSeverityError, "", 0, 0, std::move(message)}); }
};
