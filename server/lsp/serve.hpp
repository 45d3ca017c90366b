#pragma once
#include "server/lsp/host.hpp"

namespace heed::lsp {

/// Speaks with an editor over two file descriptors until it says `exit`, goes away, or its process
/// ends. Answers the exit status: 0 where `shutdown` came before `exit`, otherwise 1.
int serve(int input, int output, Host host);

}  // namespace heed::lsp
