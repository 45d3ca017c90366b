#include "engine/language/mistakes.hpp"

#include <algorithm>
#include <tuple>

#include "engine/base/limits.hpp"
#include "engine/language/slips.hpp"
#include "engine/language/words.hpp"

namespace heed::language {
namespace {

std::string quote(std::string_view text) {
  return "`" + std::string{text} + "`";
}

/// What the reading of one block left behind, at hand for the messages.
struct Scene {
  FileId file;
  std::string_view text;
  Layout const& layout;
  Block const& block;
  std::size_t told;

  std::string_view slice(Span span) const { return text.substr(span.begin, span.end - span.begin); }
  Diagnostic tell(Span span, std::string_view code, std::string message, std::string help = {},
                  std::string replacement = {}) const {
    return {{file, span},       Severity::error, code,
            std::move(message), std::move(help), std::move(replacement)};
  }
};

/// What was expected is a phrase of the language, or words about it: `a name`.
bool is_description(std::string_view what) {
  return what.starts_with("a ") || what.starts_with("an ") || what.starts_with("the ") ||
         what.starts_with("`");
}

std::string listed(std::vector<std::string> const& items) {
  std::string text;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (at > 0) text += at + 1 == items.size() ? " or " : ", ";
    text += items[at];
  }
  return text;
}

/// A long list says nothing: what could go on an expression is told only where little else is, and
/// what a rule may have beside what it must have is not.
std::vector<std::string> told_expectations(std::vector<std::string_view> expected,
                                           Token const& found) {
  constexpr std::size_t few = 4;
  auto const goes_on = [](std::string_view what) {
    return what == "is" || what.starts_with("a comparison");
  };
  auto const is_attribute = [](std::string_view what) {
    return what == "title" || what == "source" || what == "overrides" || what == "from" ||
           what == "until";
  };
  std::erase(expected, "and then");
  if (expected.size() > few) std::erase_if(expected, goes_on);
  if (std::ranges::find(expected, "then") != expected.end()) std::erase_if(expected, is_attribute);
  bool const may_end = std::erase(expected, "the end of the line") > 0;
  std::vector<std::string> told;
  for (auto const what : expected)
    told.push_back(is_description(what) ? std::string{what} : quote(what));
  if (may_end && found.kind != TokenKind::end) told.push_back("the end of the line");
  if (told.empty()) told.push_back("an indented line below it");
  return told;
}

std::string found_words(Scene const& scene, Token const& token) {
  switch (token.kind) {
    case TokenKind::line_end:
      return "the end of the line";
    case TokenKind::end:
      return "the end of the declaration";
    case TokenKind::text:
      return "the text " + std::string{scene.slice(token.span)};
    default:
      return quote(scene.slice(token.span));
  }
}

bool expects_name(std::vector<std::string_view> const& expected) {
  return std::ranges::any_of(expected, [](std::string_view what) {
    return what == "a name" || what == "an action" || what.starts_with("a word") ||
           what == "a value" || what == "a condition";
  });
}

Diagnostic tell_expected(Scene const& scene, Token const& token,
                         std::vector<std::string_view> const& expected) {
  auto diagnostic = scene.tell(token.span, "parse.expected",
                               "expected " + listed(told_expectations(expected, token)) +
                                   ", found " + found_words(scene, token));
  Token const* const first = scene.layout.tokens.data() + scene.block.first;
  if (auto slip = find_slip({scene.text, first, &token, expected})) {
    diagnostic.help = std::move(slip->help);
    diagnostic.replacement = std::move(slip->replacement);
    if (slip->where) diagnostic.where.span = *slip->where;
    return diagnostic;
  }
  std::vector<std::string_view> phrases;
  for (auto const what : expected)
    if (!is_description(what) && what.size() > 1) phrases.push_back(what);
  if (token.kind == TokenKind::word) {
    if (auto const meant = find_similar(token.text, phrases)) {
      diagnostic.help = "did you mean " + quote(*meant) + "?";
      diagnostic.replacement = *meant;
      return diagnostic;
    }
  }
  if (token.reserved && expects_name(expected))
    diagnostic.help = quote(token.text) +
                      " is a word of the language: choose another name, or put it into quotes "
                      "where it is a value";
  else if (token.kind == TokenKind::path && expects_name(expected))
    diagnostic.help = "a name with dots names a fact or an answer; here stands a single word";
  else if (std::ranges::find(phrases, "then") != phrases.end())
    diagnostic.help = "what a rule brings about stands behind `then`";
  return diagnostic;
}

Diagnostic tell_unknown_keyword(Scene const& scene, Token const& token) {
  auto const word = scene.slice(token.span);
  auto diagnostic =
      scene.tell(token.span, "parse.unknown-keyword", "no declaration begins with " + quote(word),
                 "a declaration begins with `fact`, `rule`, `need` or the like; the "
                 "lines that belong to it are indented");
  std::vector<std::string_view> const nothing;
  if (auto slip = find_slip({scene.text, &token, &token, nothing})) {
    diagnostic.help = std::move(slip->help);
    diagnostic.replacement = std::move(slip->replacement);
  } else if (auto const meant = find_similar(token.text, declaration_keywords())) {
    diagnostic.help = "did you mean " + quote(*meant) + "?";
    diagnostic.replacement = *meant;
  } else if (auto const clause = find_similar(token.text, clause_keywords())) {
    diagnostic.help =
        "did you mean " + quote(*clause) + "? It belongs to a declaration: put blanks before it";
    diagnostic.replacement = "  " + std::string{*clause};
  }
  return diagnostic;
}

/// The parameters that this file declares for the action, or the event, that `value` is given to.
std::vector<std::string_view> find_parameters(Scene const& scene, Token const* value) {
  Token const* begin = scene.layout.tokens.data() + scene.block.first;
  auto const begins_action = [](Token const& token) {
    return token.kind == TokenKind::word &&
           (token.text == "do" || token.text == "record" || token.text == "of");
  };
  Token const* word = value;
  while (word > begin && !begins_action(*word)) --word;
  auto const keyword = word->text == "record" ? "event" : "action";
  std::vector<std::string_view> parameters;
  if (scene.told >= static_cast<std::size_t>(limits::suggestions_max)) return parameters;
  for (Block const& block : scene.layout.blocks) {
    Token const* token = scene.layout.tokens.data() + block.first;
    Token const* last = scene.layout.tokens.data() + block.last;
    if (last - token < 2 || token->text != keyword || token[1].text != word[1].text) continue;
    for (++token; token + 2 < last; ++token)
      if (token[2].text == "is" && (token->text == "takes" || token->text == "," ||
                                    (token->kind == TokenKind::line_end && keyword[0] == 'e')))
        parameters.push_back(token[1].text);
    break;
  }
  return parameters;
}

Diagnostic tell_nameless(Scene const& scene, Span span, Token const* value) {
  std::string const written{scene.slice(span)};
  auto const parameters = find_parameters(scene, value);
  std::string const parameter{parameters.empty() ? "NAME" : parameters.front()};
  auto diagnostic =
      scene.tell(span, "parse.parameter-name",
                 "the value " + quote(written) + " stands without the name of its parameter",
                 "name the parameter: " + quote(parameter + " " + written));
  if (parameters.size() == 1) diagnostic.replacement = parameter + " " + written;
  return diagnostic;
}

Diagnostic tell_stop(Scene const& scene, Reading::Stop const& stop) {
  Span const span{stop.first->span.begin, (stop.last - 1)->span.end};
  if (stop.code == "parse.parameter-name") return tell_nameless(scene, span, stop.first);
  return scene.tell(span, stop.code, "a comparison cannot be compared again",
                    "join two comparisons with `and`: `A < B and B < C`");
}

/// `late-delivery` where a name stands: `late_delivery`.
Diagnostic tell_joined_name(Scene const& scene, Token const& token) {
  std::string name{scene.slice(token.span)};
  std::ranges::replace(name, '-', '_');
  return scene.tell(token.span, "parse.hyphen", "a name has no `-`", "write " + quote(name), name);
}

Diagnostic tell_joined(Scene const& scene, Token const& token) {
  Token const* const first = scene.layout.tokens.data() + scene.block.first;
  if (&token == first + 1 && is_declaration_keyword(first->text))
    return tell_joined_name(scene, token);
  return scene.tell(token.span, "parse.hyphen",
                    "a `-` stands between words or digits without blanks",
                    "put blanks around it to subtract; quote a value that contains one");
}

/// `set ticket.priority = high`: a `=` that stands for `to`.
Diagnostic told_in_place(Scene const& scene, Diagnostic told, Token const* at) {
  Token const* const first = scene.layout.tokens.data() + scene.block.first;
  bool const is_equal = told.code == "parse.symbol" && told.replacement == "is";
  if (is_equal && at - first >= 2 && at[-2].kind == TokenKind::word && at[-2].text == "set") {
    told.help = "did you mean `to`?";
    told.replacement = "to";
  }
  return told;
}

}  // namespace

Diagnostic find_mistake(FileId file, std::string_view text, Layout const& layout,
                        Block const& block, Reading const& reading, std::size_t told) {
  Scene const scene{file, text, layout, block, told};
  Token const* first = layout.tokens.data() + block.first;
  Token const* at = reading.stopped() ? reading.stopped()->first : reading.furthest();
  if (at == nullptr) at = first;
  auto const index = static_cast<std::size_t>(at - layout.tokens.data());
  // A text that is broken is no text to the grammar: it stops at the word before it.
  bool const is_of_text = block.mistake && (block.mistake->told.code == "parse.quote-in-text" ||
                                            block.mistake->told.code == "parse.unclosed-text");
  if (block.mistake && block.mistake->token <= index + (is_of_text ? 1 : 0))
    return told_in_place(scene, block.mistake->told, layout.tokens.data() + block.mistake->token);
  if (reading.stopped()) return tell_stop(scene, *reading.stopped());
  if (at == first && !is_declaration_keyword(first->text))
    return tell_unknown_keyword(scene, *first);
  if (at->kind == TokenKind::joined) return tell_joined(scene, *at);
  return tell_expected(scene, *at, reading.expected());
}

std::vector<Broken> name_broken(Layout const& layout, Block const& block) {
  Token const* token = layout.tokens.data() + block.first;
  Token const* last = layout.tokens.data() + block.last;
  while (token < last && token->kind == TokenKind::mistake) ++token;
  auto const keyword =
      std::string{is_declaration_keyword(token->text)
                      ? token->text
                      : find_similar(token->text, declaration_keywords()).value_or(token->text)};
  if (token < last) ++token;
  if (keyword == "need" && (token->text == "functional" || token->text == "psychological")) ++token;
  std::vector<Broken> broken;
  for (; token < last && token->kind != TokenKind::line_end; ++token) {
    bool const is_name =
        (token->kind == TokenKind::word && !token->reserved) || token->kind == TokenKind::path;
    if (is_name || (token->kind == TokenKind::text && (keyword == "test" || keyword == "term")))
      broken.push_back(
          {keyword, Name{std::string{token->text}, token->span, token->kind == TokenKind::text}});
    if (keyword != "phase") break;
  }
  if (broken.empty()) broken.push_back({keyword, std::nullopt});
  return broken;
}

Diagnostic file_too_large(FileId file, std::size_t bytes) {
  return {{file, {0, 0}},
          Severity::error,
          "parse.file-too-large",
          "the file has " + std::to_string(bytes) + " bytes, at most " +
              std::to_string(limits::file_bytes_max) + " are read",
          "cut it into several files: a policy is all files of its folder",
          {}};
}

void sort_by_place(Diagnostics& diagnostics) {
  std::ranges::stable_sort(diagnostics, {}, [](Diagnostic const& diagnostic) {
    return std::tuple{diagnostic.where.span, diagnostic.code};
  });
}

}  // namespace heed::language
