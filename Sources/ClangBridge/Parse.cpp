// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#include "Parse.h"

#include "Diagnostics.h"
#include "Flags.h"
#include "Result.h"
#include "Serializer.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/Stack.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Driver/Types.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/Utils.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace {

class SerializingConsumer : public ASTConsumer {
  BridgeResult &result;

public:
  explicit SerializingConsumer(BridgeResult &result) : result(result) {}

  void HandleTranslationUnit(ASTContext &context) override {
    if (context.getDiagnostics().hasErrorOccurred())
      return;
    result.words = bridge::Serializer(context).serialize();
  }
};

class SerializingAction : public ASTFrontendAction {
  BridgeResult &result;

public:
  explicit SerializingAction(BridgeResult &result) : result(result) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &, llvm::StringRef) override {
    return std::make_unique<SerializingConsumer>(result);
  }
};

/// The real file system with its own working directory, below the virtual files.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> fileSystem(llvm::StringRef workingDirectory,
                                                           llvm::ArrayRef<BridgeVirtualFile> virtualFiles) {
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk(llvm::vfs::createPhysicalFileSystem().release());
  if (!workingDirectory.empty())
    disk->setCurrentWorkingDirectory(workingDirectory);
  if (virtualFiles.empty())
    return disk;
  auto memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  if (auto current = disk->getCurrentWorkingDirectory())
    memory->setCurrentWorkingDirectory(*current);
  for (const BridgeVirtualFile &file : virtualFiles)
    memory->addFile(file.path, 0, llvm::MemoryBuffer::getMemBufferCopy({file.contents, file.length}, file.path));
  auto overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(disk);
  overlay->pushOverlay(memory);
  return overlay;
}

/// Nothing the command says may make clang write a file or treat warnings as errors.
void pacify(CompilerInvocation &invocation) {
  invocation.getDependencyOutputOpts() = DependencyOutputOptions();
  FrontendOptions &frontend = invocation.getFrontendOpts();
  frontend.DisableFree = false;
  frontend.TimeTracePath.clear();
  frontend.StatsFile.clear();
  frontend.OutputFile.clear();
  DiagnosticOptions &diagnostics = invocation.getDiagnosticOpts();
  diagnostics.IgnoreWarnings = true;
  diagnostics.ErrorLimit = 0;
  diagnostics.DiagnosticSerializationFile.clear();
  diagnostics.DiagnosticLogFile.clear();
  // clang's warnings that are errors by default: what gcc before version 14 accepts must parse.
  diagnostics.Warnings = {"no-error=implicit-function-declaration", "no-error=implicit-int",
                          "no-error=int-conversion", "no-error=incompatible-function-pointer-types",
                          "no-error=incompatible-pointer-types", "no-error=return-type"};
  LangOptions &language = invocation.getLangOpts();
  language.Modules = false;
  language.ImplicitModules = false;
}

/// Whether the command is about something that clang does not take for C, by the names of its files.
bool namesOtherLanguage(llvm::ArrayRef<std::string> command) {
  for (llvm::StringRef argument : command) {
    llvm::StringRef extension = llvm::sys::path::extension(argument);
    if (argument.starts_with("-") || extension.empty())
      continue;
    driver::types::ID type = driver::types::lookupTypeForExtension(extension.drop_front());
    if (type != driver::types::TY_INVALID && type != driver::types::TY_Object && type != driver::types::TY_C &&
        type != driver::types::TY_PP_C && type != driver::types::TY_CHeader && type != driver::types::TY_PP_CHeader)
      return true;
  }
  return false;
}

const char *const notC = "the input is not C; without its compile command, what it defines counts as external";

bool isSupported(const TargetInfo &target) {
  return target.getTriple().getArch() == llvm::Triple::x86_64 && target.getPointerWidth(LangAS::Default) == 64 &&
         target.getLongWidth() == 64 && target.getIntWidth() == 32 && target.isLittleEndian();
}

} // namespace

void bridge::parse(BridgeResult &result, llvm::StringRef workingDirectory, llvm::ArrayRef<const char *> arguments,
                   llvm::ArrayRef<BridgeVirtualFile> virtualFiles) {
  noteBottomOfStack();
  auto files = fileSystem(workingDirectory, virtualFiles);

  std::optional<std::vector<std::string>> command = normalizeFlags(arguments, *files, result);
  if (!command)
    return;
  std::vector<const char *> driverArguments;
  for (const std::string &argument : *command)
    driverArguments.push_back(argument.c_str());

  auto options = llvm::makeIntrusiveRefCnt<DiagnosticOptions>();
  DiagnosticCollector driverCollector(result);
  CreateInvocationOptions creation;
  creation.Diags = CompilerInstance::createDiagnostics(options.get(), &driverCollector, /*ShouldOwnClient=*/false);
  creation.VFS = files;
  std::shared_ptr<CompilerInvocation> invocation = createInvocation(driverArguments, creation);
  if (!invocation || driverCollector.getNumErrors() > 0) {
    result.status = driverCollector.missingInput ? BridgeStatusMissingInput : BridgeStatusInvalidFlags;
    if (!driverCollector.missingInput && namesOtherLanguage(*command)) {
      result.diagnostics.clear();
      result.error(notC);
    } else if (driverCollector.getNumErrors() == 0)
      result.error("clang's driver finds nothing to compile in this command");
    return;
  }
  if (invocation->getLangOpts().CPlusPlus || invocation->getLangOpts().ObjC ||
      invocation->getFrontendOpts().DashX.getLanguage() != Language::C) {
    result.error(notC);
    result.status = BridgeStatusUnsupportedFlag;
    return;
  }
  pacify(*invocation);

  DiagnosticCollector collector(result);
  CompilerInstance compiler;
  compiler.setInvocation(invocation);
  compiler.setVerboseOutputStream(llvm::nulls());
  compiler.createDiagnostics(&collector, /*ShouldOwnClient=*/false);
  compiler.createFileManager(files);
  if (!compiler.createTarget() || !isSupported(compiler.getTarget())) {
    result.error("unsupported target " + invocation->getTargetOpts().Triple +
                 ": only x86_64 with 64-bit long and pointers is supported");
    result.status = BridgeStatusUnsupportedTarget;
    return;
  }

  SerializingAction action(result);
  bool succeeded = compiler.ExecuteAction(action);
  if (succeeded && collector.getNumErrors() == 0 && !result.words.empty())
    result.status = BridgeStatusParsed;
  else if (collector.missingInput)
    result.status = BridgeStatusMissingInput;
  else if (collector.getNumErrors() > 0)
    result.status = BridgeStatusSyntaxErrors;
  if (result.status != BridgeStatusParsed)
    result.words.clear();
}
