// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#include "Diagnostics.h"

#include "Result.h"

#include "clang/Basic/DiagnosticDriver.h"
#include "clang/Basic/DiagnosticFrontend.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallString.h"

using namespace clang;

static BridgeSeverity severity(DiagnosticsEngine::Level level) {
  switch (level) {
  case DiagnosticsEngine::Ignored:
  case DiagnosticsEngine::Note:
  case DiagnosticsEngine::Remark:
    return BridgeSeverityNote;
  case DiagnosticsEngine::Warning:
    return BridgeSeverityWarning;
  case DiagnosticsEngine::Error:
  case DiagnosticsEngine::Fatal:
    return BridgeSeverityError;
  }
  return BridgeSeverityError;
}

void bridge::DiagnosticCollector::HandleDiagnostic(DiagnosticsEngine::Level level, const Diagnostic &diagnostic) {
  DiagnosticConsumer::HandleDiagnostic(level, diagnostic);
  switch (diagnostic.getID()) {
  case diag::err_drv_no_such_file:
  case diag::err_drv_no_such_file_with_suggestion:
  case diag::err_drv_no_input_files:
  case diag::err_fe_error_reading:
  case diag::err_fe_error_opening:
    missingInput = true;
  }
  llvm::SmallString<128> message;
  diagnostic.FormatDiagnostic(message);
  BridgeResult::Diagnostic entry{severity(level), "", 0, 0, std::string(message)};
  if (diagnostic.getLocation().isValid() && diagnostic.hasSourceManager()) {
    const SourceManager &sources = diagnostic.getSourceManager();
    PresumedLoc place = sources.getPresumedLoc(sources.getExpansionLoc(diagnostic.getLocation()));
    if (place.isValid())
      entry.file = place.getFilename(), entry.line = place.getLine(), entry.column = place.getColumn();
  }
  result.diagnostics.push_back(std::move(entry));
}
