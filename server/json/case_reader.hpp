#pragma once
#include <memory>
#include <string_view>

#include "server/json/mistake.hpp"

/// Reading case after case of one policy, in memory that is kept from case to case.
namespace heed::json {

/// Belongs to one thread at a time. `rules` outlive it.
class CaseReader {
 public:
  explicit CaseReader(RuleSet const& rules);
  ~CaseReader();
  CaseReader(CaseReader const&) = delete;
  CaseReader& operator=(CaseReader const&) = delete;

  /// As read_case reads it, and with the same mistakes. The case lives until the next one, and may
  /// be completed: its history, its figures.
  Expected<Case*, CaseMistakes> read(std::string_view json);

 private:
  class Quick;
  std::unique_ptr<Quick> quick_;
};

}  // namespace heed::json
