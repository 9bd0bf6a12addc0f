// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#pragma once

#include "clang/Basic/Diagnostic.h"

struct BridgeResult;

namespace bridge {

/// Keeps clang's diagnostics, with presumed locations, in the result.
class DiagnosticCollector : public clang::DiagnosticConsumer {
  BridgeResult &result;

public:
  /// An input file does not exist or cannot be read.
  bool missingInput = false;

  explicit DiagnosticCollector(BridgeResult &result) : result(result) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic &diagnostic) override;
};

} // namespace bridge
