#include "server/lsp/serve.hpp"

#include <unistd.h>

#include "server/api/policy_folder.hpp"
#include "server/cli/commands.hpp"

namespace heed::cli {

int run(Lsp const&) {
  return lsp::serve(STDIN_FILENO, STDOUT_FILENO, {api::read_policy});
}

}  // namespace heed::cli
