#include "tests/unit/author/desk.hpp"

#include <algorithm>

namespace heed::author {

Desk read_desk(std::vector<std::string> texts) {
  Position cursor;
  std::vector<SourceText> sources;
  for (std::uint32_t file = 0; file < texts.size(); ++file) {
    auto& text = texts[file];
    if (auto const at = text.find('^'); at != std::string::npos) {
      text.erase(at, 1);
      cursor = {FileId{file}, static_cast<std::uint32_t>(at)};
    }
    sources.push_back({std::string(1, static_cast<char>('a' + file)) + ".heed", text});
  }
  return {read(std::move(sources)), cursor};
}

std::string shop() {
  return R"(policy shop "A small shop"
  languages en, he

fact customer.tier is one of standard < silver < gold
  title en "Customer tier"  he "דרג הלקוח"
fact customer.name is text
fact customer.city is one of haifa, "tel aviv", default haifa
fact case.delay is duration
fact case.amount is money
fact case.apology_given is yes or no
fact case.tags is set of text
fact agent.message is text
fact order.items is list of
  sku is text
  price is money
  state is one of sent, lost
need psychological respect "Being treated with respect"
need functional כבוד "כבוד"
role agent
role team_lead above agent
phase respond, close
action refund "Refund"
  phase respond
  takes amount is money, largest, channel is one of card, cash
action apologise
  phase respond
answer ticket.priority is one of low < high, largest, default low
score churn_risk from 0 to 100
phrases blame
  en "your fault"
script sorry
  en "{customer.name}, sorry."
event contact
  channel is one of phone, web
parameter long_wait is 3 days
define late as case.delay > long_wait
table goodwill gives money
  hit first
  customer.tier | goodwill
  gold          | 10 ILS
  -             | 5 ILS
)";
}

std::string text_at(Manuscript const& manuscript, Place const& place) {
  auto const& text = manuscript.sources[static_cast<std::size_t>(place.file)].text;
  return text.substr(place.span.begin, place.span.end - place.span.begin);
}

std::vector<std::string> lines_of(Manuscript const& manuscript, std::vector<Place> const& places) {
  std::vector<std::string> lines;
  for (auto const& place : places) {
    auto const& source = manuscript.sources[static_cast<std::size_t>(place.file)];
    auto const at = find_line_column(source.text, place.span.begin);
    lines.push_back(source.name + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) +
                    " " + text_at(manuscript, place));
  }
  return lines;
}

std::vector<std::string> labels(Completion const& completion) {
  std::vector<std::string> all;
  for (auto const& suggestion : completion.suggestions) all.push_back(suggestion.label);
  return all;
}

std::vector<std::string> edited(Manuscript const& manuscript, std::vector<Edit> edits) {
  std::vector<std::string> texts;
  for (auto const& source : manuscript.sources) texts.push_back(source.text);
  std::ranges::sort(edits, {}, &Edit::where);
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
    texts[static_cast<std::size_t>(edit->where.file)].replace(
        edit->where.span.begin, edit->where.span.end - edit->where.span.begin, edit->text);
  return texts;
}

}  // namespace heed::author
