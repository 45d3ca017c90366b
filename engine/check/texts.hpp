#pragma once
#include "engine/check/draft.hpp"

/// Texts in the policy's languages.
namespace heed::check {

/// The texts by language: one without a language stands under the policy's first. A language that
/// the policy does not name, or one given twice, is told and left out.
Texts check_texts(Scope const& scope, ast::Texts const& written);

/// The same for texts that a decision says, with slots for values (`{customer.name}`). One that
/// lacks a language of the policy is warned of.
Wordings check_wordings(Scope const& scope, ast::Texts const& written);

/// The same for questions: they are asked of what is not known yet, so slots are refused.
Texts check_ask(Scope const& scope, ast::Texts const& written);

/// Warns where what is said has no text in one of the policy's languages.
void warn_of_languages(Scope const& scope, ast::Texts const& written, Texts const& accepted);

/// False where the policy does not name this language; told.
bool check_language(Scope const& scope, ast::Name const& language);

}  // namespace heed::check
