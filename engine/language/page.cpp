#include "engine/language/page.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/language/characters.hpp"
#include "engine/language/write.hpp"

namespace heed::language {
namespace {

bool fits(std::size_t indent, std::string_view text) {
  return indent + shown_width(text) <= line_width_max;
}

/// An expression cut at its own joints: what stands before the first part, the parts with what
/// joins them, and what stands behind the last.
struct Cut {
  std::string opening;
  std::vector<Expression const*> parts;
  std::string before;  // each part but the first: `and `
  std::string after;   // each part but the last: `,`
  std::string closing;
};

Cut cut_parts(std::vector<ExpressionPtr> const& parts, std::string before, std::string after) {
  Cut cut;
  for (auto const& part : parts) cut.parts.push_back(part.get());
  cut.before = std::move(before);
  cut.after = std::move(after);
  return cut;
}

Cut cut_prefix(std::string word, ExpressionPtr const& operand) {
  Cut cut;
  cut.opening = std::move(word);
  cut.parts = {operand.get()};
  return cut;
}

/// No parts where the expression has no joints to be broken at.
Cut cut_expression(Expression const& expression) {
  Cut cut;
  if (auto const* all = std::get_if<AllOf>(&expression.form)) {
    cut = cut_parts(all->parts, "and ", "");
  } else if (auto const* any = std::get_if<AnyOf>(&expression.form)) {
    cut = cut_parts(any->parts, "or ", "");
  } else if (auto const* then = std::get_if<AndThen>(&expression.form)) {
    cut = cut_parts({then->first, then->second}, "and then ", "");
  } else if (auto const* negation = std::get_if<Not>(&expression.form)) {
    cut = cut_prefix("not ", negation->operand);
  } else if (auto const* possibly = std::get_if<Possibly>(&expression.form)) {
    cut = cut_prefix("possibly ", possibly->operand);
  } else if (auto const* certainly = std::get_if<Certainly>(&expression.form)) {
    cut = cut_prefix("certainly ", certainly->operand);
  } else if (auto const* some = std::get_if<AtLeastOf>(&expression.form)) {
    cut = cut_parts(some->parts, "", ",");
    cut.opening = "at least " + some->count.digits + " of (";
    cut.closing = ")";
  }
  if (expression.bracketed && !cut.parts.empty()) {
    cut.opening = "(" + cut.opening;
    cut.closing += ")";
  }
  return cut;
}

bool is_comment_alone(std::string_view source, Comment const& comment) {
  auto at = comment.span.begin;
  while (at > 0 && source[at - 1] != '\n') {
    if (source[at - 1] != ' ' && source[at - 1] != '\t') return false;
    --at;
  }
  return true;
}

}  // namespace

void Page::line(std::size_t indent, std::string text, std::uint32_t anchor) {
  lines_.push_back({indent, std::move(text), anchor});
}

void Page::pieces(std::size_t indent, std::size_t hang, std::string first,
                  std::vector<std::string> const& pieces, std::uint32_t anchor) {
  std::string row = std::move(first);
  std::size_t margin = indent;
  for (auto const& piece : pieces) {
    bool const is_first = &piece == &pieces[0];
    if (!is_first && !fits(margin, row + " " + piece)) {
      line(margin, std::exchange(row, piece), anchor);
      margin = hang;
    } else {
      row += (is_first ? "" : " ") + piece;
    }
  }
  line(margin, std::move(row), anchor);
}

void Page::title(std::size_t indent, std::string const& word, Texts const& texts) {
  std::string whole = word;
  for (auto const& local : texts)
    whole += (&local == &texts[0] ? "" : "  ") + written(Texts{local});
  if (texts.empty() || !fits(indent, whole)) return this->texts(indent, word, texts);
  line(indent, std::move(whole), texts[0].text.span.begin);
}

void Page::texts(std::size_t indent, std::string const& word, Texts const& texts) {
  std::string first = word;
  for (auto const& local : texts) {
    auto const anchor = local.language ? local.language->span.begin : local.text.span.begin;
    line(indent, first + written(Texts{local}), anchor);
    first = std::string(word.size(), ' ');
  }
}

bool Page::holds_comment(Span span) const {
  auto const at = std::ranges::lower_bound(document_.comments, span.begin, {},
                                           [](Comment const& c) { return c.span.begin; });
  return at != document_.comments.end() && at->span.begin < span.end;
}

void Page::expression(std::size_t indent, std::string const& first, Expression const& expression,
                      std::string const& last) {
  auto whole = first + written(expression) + last;
  if (fits(indent, whole) && !holds_comment(expression.span))
    return line(indent, std::move(whole), expression.span.begin);
  broken(indent, first, expression, last);
}

void Page::broken(std::size_t indent, std::string const& first, Expression const& expression,
                  std::string const& last) {
  auto const cut = cut_expression(expression);
  if (cut.parts.empty())
    return line(indent, first + written(expression) + last, expression.span.begin);
  for (std::size_t at = 0; at < cut.parts.size(); ++at) {
    bool const is_first = at == 0, is_last = at + 1 == cut.parts.size();
    this->expression(is_first ? indent : indent + 2, is_first ? first + cut.opening : cut.before,
                     *cut.parts[at], is_last ? cut.closing + last : cut.after);
  }
}

namespace {

/// Puts lines and comments into one text.
class Assembly {
 public:
  Assembly(Document const& document, std::string_view source)
      : document_{document}, source_{source} {}

  void declaration(Declaration const& declaration, std::vector<Line> lines) {
    auto const end = end_of(declaration);
    std::vector<Comment> inside;
    leave_comments_before(declaration, lines.size() == 1);
    while (next_ < document_.comments.size() && document_.comments[next_].span.begin < end)
      inside.push_back(document_.comments[next_++]);
    lines.at(0).anchor = declaration.span.begin;
    place(lines, inside);
    last_ = &declaration;
    last_end_ = end;
  }

  std::string finish() {
    auto how = last_ ? Gap::blank_line : Gap::as_written;
    while (next_ < document_.comments.size()) leave_comment(std::exchange(how, Gap::as_written));
    return std::move(text_);
  }

 private:
  enum class Gap { blank_line, as_written };

  /// Where the comments end that belong to the declaration: those on its last line, and those below
  /// it that are indented.
  std::uint32_t end_of(Declaration const& declaration) const {
    auto end = declaration.span.end;
    for (auto at = next_; at < document_.comments.size(); ++at) {
      auto const& comment = document_.comments[at];
      if (comment.span.begin < end) continue;
      auto const between = source_.substr(end, comment.span.begin - end);
      if (between.find_first_not_of(" \t\r\n") != std::string_view::npos) break;
      auto const breaks = std::ranges::count(between, '\n');
      bool const is_indented = !between.empty() && between.back() != '\n';
      if (breaks > 1 || (breaks == 1 && !is_indented)) break;
      end = comment.span.end;
    }
    return end;
  }

  bool blank_line_before(std::uint32_t at) const {
    auto const between = source_.substr(last_end_, at - last_end_);
    return std::ranges::count(between, '\n') > 1;
  }

  void gap(Gap gap, std::uint32_t at) {
    if (!text_.empty() && (gap == Gap::blank_line || blank_line_before(at))) text_ += "\n";
  }

  void leave_comment(Gap how) {
    auto const& span = document_.comments[next_++].span;
    gap(how, span.begin);
    text_ += std::string{source_.substr(span.begin, span.end - span.begin)} + "\n";
    last_end_ = span.end;
  }

  void leave_comments_before(Declaration const& declaration, bool is_line) {
    bool const belongs =
        last_ && was_line_ && is_line && last_->form.index() == declaration.form.index();
    auto how = belongs || !last_ ? Gap::as_written : Gap::blank_line;
    while (next_ < document_.comments.size() &&
           document_.comments[next_].span.begin < declaration.span.begin) {
      leave_comment(how);
      how = Gap::as_written;
    }
    gap(how, declaration.span.begin);
  }

  /// The line that a comment stands behind; nothing where it stands on a line of its own.
  Line const* line_behind(std::vector<Line> const& lines, Comment const& comment) const {
    if (is_comment_alone(source_, comment)) return nullptr;
    auto begin = comment.span.begin;
    while (begin > 0 && source_[begin - 1] != '\n') --begin;
    Line const* found = nullptr;
    for (auto const& line : lines)
      if (line.anchor >= begin && line.anchor < comment.span.begin &&
          (!found || line.anchor >= found->anchor))
        found = &line;
    return found;
  }

  /// The line that a comment on a line of its own stands before; the end where there is none.
  static std::size_t line_after(std::vector<Line> const& lines, Comment const& comment) {
    std::size_t found = lines.size();
    for (std::size_t at = 0; at < lines.size(); ++at)
      if (lines[at].anchor > comment.span.begin &&
          (found == lines.size() || lines[at].anchor < lines[found].anchor))
        found = at;
    return found;
  }

  /// A line has one comment behind it; further ones go above the next line, for none may leave the
  /// declaration.
  void place(std::vector<Line> const& lines, std::vector<Comment> const& comments) {
    std::vector<std::vector<std::string>> above(lines.size() + 1);
    std::vector<std::string> behind(lines.size());
    for (auto const& comment : comments) {
      std::string text{source_.substr(comment.span.begin, comment.span.end - comment.span.begin)};
      if (auto const* line = line_behind(lines, comment)) {
        auto const at = static_cast<std::size_t>(line - lines.data());
        if (behind[at].empty())
          behind[at] = std::move(text);
        else
          above[at + 1].push_back(std::move(text));
      } else {
        above[std::max<std::size_t>(1, line_after(lines, comment))].push_back(std::move(text));
      }
    }
    was_line_ = lines.size() == 1 && above[1].empty();
    for (std::size_t at = 0; at <= lines.size(); ++at) {
      bool const is_end = at == lines.size();
      std::size_t const indent =
          is_end ? 2 : lines[at].indent + lines[at].text.find_first_not_of(' ');
      for (auto const& comment : above[at]) text_ += std::string(indent, ' ') + comment + "\n";
      if (at == lines.size()) break;
      text_ += std::string(lines[at].indent, ' ') + lines[at].text;
      text_ += behind[at].empty() ? "\n" : "  " + behind[at] + "\n";
    }
  }

  Document const& document_;
  std::string_view source_;
  std::string text_;
  std::size_t next_ = 0;  // the first comment that has no place yet
  Declaration const* last_ = nullptr;
  std::uint32_t last_end_ = 0;
  bool was_line_ = false;
};

}  // namespace

std::string assemble(Document const& document, std::string_view source,
                     std::vector<std::vector<Line>> pages) {
  Assembly assembly{document, source};
  for (std::size_t at = 0; at < pages.size(); ++at)
    assembly.declaration(document.declarations[at], std::move(pages[at]));
  return assembly.finish();
}

}  // namespace heed::language
