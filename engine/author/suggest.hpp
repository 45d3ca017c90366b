#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/author/setting.hpp"

/// Lists of what may be written.
namespace heed::author {

/// Suggestions as they are collected: each label once.
class Suggestions {
 public:
  explicit Suggestions(Manuscript const& manuscript) : manuscript_{manuscript} {}

  void names(Space space, std::initializer_list<Kind> kinds = {});
  /// What a condition may begin with.
  void conditions();
  /// The fields of a list or event, the parameters of an action: those in `left_out` not.
  void members(std::string_view owner, std::vector<std::string_view> const& left_out = {});
  /// The values of a type, and what may stand beside them.
  void values(Written const& type);
  /// What a term can be for and has none yet: values, phases, departments, fields.
  void termed();
  void phrases(std::string_view within);
  void words(std::initializer_list<std::string_view> words, std::string_view detail);
  void types();

  std::vector<Suggestion> take() { return std::move(found_); }

 private:
  void add(Suggestion suggestion);
  void name(Known const& known);

  Manuscript const& manuscript_;
  std::vector<Suggestion> found_;
};

}  // namespace heed::author
