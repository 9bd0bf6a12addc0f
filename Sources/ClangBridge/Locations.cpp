// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#include "Serializer.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

/// One record per place: where the user sees it (the expansion, #line honoured) and where it is spelled.
uint32_t bridge::Serializer::location(SourceLocation place) {
  if (place.isInvalid())
    return 0;
  auto entry = locationIds.try_emplace(place.getRawEncoding(), uint32_t(locations.size() / BridgeLocationLength));
  if (!entry.second)
    return entry.first->second;
  uint32_t id = entry.first->second;

  PresumedLoc expansion = sources.getPresumedLoc(sources.getExpansionLoc(place));
  SourceLocation spelled = sources.getSpellingLoc(place);
  uint32_t macro = 0;
  if (place.isMacroID())
    macro = string(Lexer::getImmediateMacroNameForDiagnostics(place, sources, context.getLangOpts()));
  bool isPresumed = expansion.isValid();
  locations.insert(locations.end(),
                   {isPresumed ? string(expansion.getFilename()) : 0, isPresumed ? expansion.getLine() : 0,
                    isPresumed ? expansion.getColumn() : 0, string(sources.getFilename(spelled)),
                    sources.getSpellingLineNumber(spelled), sources.getSpellingColumnNumber(spelled), macro});
  return id;
}
