#pragma once
#include <string>
#include <string_view>

#include "engine/advisor.hpp"

/// Pages that stand on their own: one file, no script, nothing loaded from elsewhere.
namespace heed::pages {

/// Text as it stands in HTML and XML, in attributes too. Characters that XML cannot hold become
/// U+FFFD. `text` is valid UTF-8.
std::string escaped(std::string_view text);

/// The same within `<bdi>`, so that Hebrew and English beside each other keep their order.
std::string isolated(std::string_view text);

/// A piece of a policy, a name: left to right on any page.
std::string code(std::string_view text);

/// A whole page: head with the shared style, body around `content`. Hebrew ones read right to left.
/// Light and dark as the reader's machine is set. `more` goes on after the shared style.
std::string page(Language language, std::string_view title, std::string_view content,
                 std::string_view more = {});

/// `<a href="…">…</a>`; `content` is HTML.
std::string link(std::string_view address, std::string_view content);

/// How much of something, as a bar with its figure for those who do not see it.
std::string bar(std::uint64_t part, std::uint64_t whole);

/// `97.4%`, rounded down; 100% where there is nothing.
std::string percent(std::uint64_t part, std::uint64_t whole);

/// Whole numbers in threes: `1,234,567`.
std::string grouped(std::uint64_t number);

/// The one that is in the language.
constexpr std::string_view either(Language language, std::string_view english,
                                  std::string_view hebrew) {
  return language == Language::hebrew ? hebrew : english;
}

}  // namespace heed::pages
