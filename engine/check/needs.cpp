#include "engine/check/forms.hpp"
#include "engine/check/tell.hpp"

/// Conditions about needs.
namespace heed::check {

namespace {

std::vector<NeedId> needs_of(Draft const& draft, ast::Needs which) {
  std::vector<NeedId> needs;
  for (std::uint32_t i = 0; i < draft.policy.needs.size(); ++i) {
    auto const psychological = draft.policy.needs[i].kind == NeedKind::psychological;
    if (which == ast::Needs::any || (which == ast::Needs::psychological) == psychological)
      needs.push_back(static_cast<NeedId>(i));
  }
  return needs;
}

}  // namespace

std::optional<NeedState> find_state(Scope const& scope, std::string const& word, Span span) {
  if (word == "met") return NeedState::met;
  if (word == "threatened") return NeedState::threatened;
  if (word == "violated") return NeedState::violated;
  tell_word(scope.draft, place(scope, span), "check.unknown-state",
            quoted(word) + " is no state of a need", word, {"met", "threatened", "violated"},
            "a need is `met`, `threatened` or `violated`");
  return std::nullopt;
}

/// Any set of states is one of: a state, all from a state on, or what is left of such a test.
ExpressionPtr need_membership(Scope const& scope, Written whole, Symbol const& need,
                              ast::IsOneOf const& form) {
  bool named[3] = {};
  bool sound = !need.broken;
  for (auto const& value : form.values) {
    auto const state = find_state(scope, written(scope, value->span), value->span);
    if (state) named[static_cast<int>(*state)] = true;
    sound = sound && state;
  }
  if (!sound) return nullptr;
  auto const id = static_cast<NeedId>(need.index);
  auto const [met, threatened, violated] = named;
  bool const turned = met && (threatened != violated);
  NeedTest test{id, false, NeedState::violated};
  if (met && threatened && violated)
    test = {id, true, NeedState::met};
  else if (threatened && violated)
    test = {id, true, NeedState::threatened};
  else if (met && violated)
    test.state = NeedState::threatened;
  else if (met && threatened)
    test.at_least = true;
  else if (met || threatened)
    test.state = met ? NeedState::met : NeedState::threatened;
  auto const where = place(scope, whole.span);
  auto const text = text_of(whole);
  auto const is = make_with_text(where, plain(Kind::truth), test, text);
  return turned != form.negated ? negate(is, where, text) : is;
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::AnyNeed const& it, Hint) {
  auto const state = find_state(scope, it.state.text, it.state.span);
  if (!state) return nullptr;
  return make(scope, whole, plain(Kind::truth),
              AnyNeedTest{needs_of(scope.draft, it.which), it.every, it.at_least, *state});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::CountNeeds const& it, Hint) {
  auto const state = find_state(scope, it.state.text, it.state.span);
  if (!state) return nullptr;
  return make(scope, whole, plain(Kind::whole),
              NeedCount{needs_of(scope.draft, it.which), it.at_least, *state});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::SeverityOf const& it, Hint) {
  auto const* need = find_symbol(scope, it.need, SymbolKind::need);
  if (!need) return nullptr;
  return make(scope, whole, plain(Kind::whole), SeverityValue{static_cast<NeedId>(need->index)});
}

}  // namespace heed::check
