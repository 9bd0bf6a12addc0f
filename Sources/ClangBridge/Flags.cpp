// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#include "Flags.h"

#include "Result.h"

#include "clang/Driver/Options.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"

using namespace clang::driver::options;
using llvm::opt::Arg;

/// gcc flags that clang does not know or ignores and that change what a program means, by prefix.
static constexpr llvm::StringLiteral refusedPrefixes[] = {
    "-fplan9-extensions", "-fsso-struct", "-fpcc-struct-return",   "-freg-struct-return",
    "-fopenacc",          "-fgnu-tm",     "-fno-signed-bitfields", "-funsigned-bitfields",
    "-fsingle-precision-constant", "-fwide-exec-charset",
};

/// Extensions of the language that clang knows and the bridge does not serialise.
static bool isRefused(const Arg &argument) {
  const llvm::opt::Option &option = argument.getOption();
  return option.matches(OPT_fopenmp) || option.matches(OPT_fopenmp_EQ) || option.matches(OPT_fblocks) ||
         option.matches(OPT_fobjc_arc) || option.matches(OPT_fms_compatibility) ||
         option.matches(OPT_mms_bitfields) || option.matches(OPT_malign_double) ||
         option.matches(OPT_ffixed_point) || option.matches(OPT_fapple_kext);
}

/// Outputs, dependency files, warnings, link-time optimisation, instrumentation: nothing the program's meaning needs.
static bool isWithoutMeaning(const Arg &argument) {
  const llvm::opt::Option &option = argument.getOption();
  return option.matches(OPT_M_Group) || option.matches(OPT_c) || option.matches(OPT_S) || option.matches(OPT_E) ||
         option.matches(OPT_o) || option.matches(OPT_W_Group) || option.matches(OPT_pedantic_Group) ||
         option.matches(OPT_MJ) || option.matches(OPT_gen_cdb_fragment_path) || option.matches(OPT_w) ||
         option.matches(OPT_save_temps) || option.matches(OPT_save_temps_EQ) || option.matches(OPT_save_stats) ||
         option.matches(OPT_save_stats_EQ) || option.matches(OPT_ftime_trace) || option.matches(OPT_ftime_trace_EQ) ||
         option.matches(OPT__serialize_diags) || option.matches(OPT_pipe) || option.matches(OPT_resource_dir);
}

/// As isWithoutMeaning, but worth telling the user.
static bool isDropped(const Arg &argument) {
  const llvm::opt::Option &option = argument.getOption();
  return option.matches(OPT_UNKNOWN) || option.matches(OPT_clang_ignored_gcc_optimization_f_Group) ||
         option.matches(OPT_mrecord_mcount) || option.matches(OPT_flto_EQ) || option.matches(OPT_flto) ||
         option.matches(OPT_fsanitize_EQ) || option.matches(OPT_fsanitize_recover_EQ) ||
         option.matches(OPT_fsanitize_trap_EQ) || option.matches(OPT_fmodules) || option.matches(OPT_fplugin_EQ) ||
         option.matches(OPT_coverage) || option.matches(OPT_fprofile_arcs) || option.matches(OPT_ftest_coverage) ||
         option.matches(OPT_fprofile_generate) || option.matches(OPT_fprofile_generate_EQ) ||
         option.matches(OPT_fprofile_use) || option.matches(OPT_fprofile_use_EQ);
}

static bool isForTheLinker(llvm::StringRef path) {
  llvm::StringRef extension = llvm::sys::path::extension(path);
  return extension == ".o" || extension == ".a" || extension == ".so" || extension == ".obj" || extension == ".lo" ||
         extension == ".la";
}

static void refuse(BridgeResult &result, BridgeStatus status, const llvm::Twine &message) {
  result.error(message.str());
  result.status = status;
}

std::optional<std::vector<std::string>> bridge::normalizeFlags(llvm::ArrayRef<const char *> arguments,
                                                               llvm::vfs::FileSystem &files, BridgeResult &result) {
  if (arguments.empty()) {
    refuse(result, BridgeStatusInvalidFlags, "the compile command is empty");
    return std::nullopt;
  }
  llvm::BumpPtrAllocator allocator;
  llvm::cl::ExpansionContext expansion(allocator, llvm::cl::TokenizeGNUCommandLine);
  expansion.setVFS(&files);
  llvm::SmallVector<const char *, 64> expanded(arguments.begin() + 1, arguments.end());
  if (llvm::Error error = expansion.expandResponseFiles(expanded)) {
    refuse(result, BridgeStatusInvalidFlags, llvm::toString(std::move(error)));
    return std::nullopt;
  }

  unsigned missingIndex = 0, missingCount = 0;
  llvm::opt::InputArgList parsed = clang::driver::getDriverOptTable().ParseArgs(
      expanded, missingIndex, missingCount, llvm::opt::Visibility(ClangOption));
  if (missingCount > 0) {
    refuse(result, BridgeStatusInvalidFlags,
           llvm::Twine("the flag ") + parsed.getArgString(missingIndex) + " lacks its argument");
    return std::nullopt;
  }

  std::vector<std::string> command{arguments[0]};
  unsigned inputs = 0;
  for (Arg *argument : parsed) {
    std::string spelling = argument->getAsString(parsed);
    if (argument->getOption().matches(OPT_INPUT)) {
      if (isForTheLinker(argument->getValue())) {
        result.droppedFlags.push_back(spelling);
        continue;
      }
      ++inputs;
    }
    bool refused = isRefused(*argument);
    for (llvm::StringRef prefix : refusedPrefixes)
      refused |= !argument->getOption().matches(OPT_INPUT) && llvm::StringRef(spelling).starts_with(prefix);
    if (refused) {
      refuse(result, BridgeStatusUnsupportedFlag,
             "the flag " + spelling + " changes the meaning of the program and is not supported");
      return std::nullopt;
    }
    if (isDropped(*argument)) {
      result.droppedFlags.push_back(spelling);
      continue;
    }
    if (isWithoutMeaning(*argument))
      continue;
    llvm::opt::ArgStringList rendered;
    argument->render(parsed, rendered);
    command.insert(command.end(), rendered.begin(), rendered.end());
  }
  if (inputs != 1) {
    refuse(result, BridgeStatusMissingInput,
           inputs == 0 ? "the compile command names no source file" : "the compile command names several source files");
    return std::nullopt;
  }
  // Ours go last, so that they win.
  command.push_back("-fsyntax-only");
  command.push_back("-w");
  // As deep as the stack of the parsing thread allows.
  command.push_back("-fbracket-depth=50000");
  command.push_back("-resource-dir=" AICHECK_RESOURCE_DIRECTORY);
  return command;
}
