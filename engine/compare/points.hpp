#pragma once
#include <map>
#include <string>

#include "engine/run/decision.hpp"
#include "engine/run/words.hpp"

/// A decision taken apart into the things that it says, so that two can be laid side by side.
namespace heed::comparing {

/// What a decision says about each thing, in words: by `need:respect`, `action:refund`,
/// `answer:…`, `score:…`, `escalation`, `alert:…`, `say:SCRIPT` (`say` where rules hold the text),
/// `record:…`, `question:…`, `choice`, `check`, `warning:CODE`. Times are told from the case's own.
/// What a decision says nothing about is not there. The names of rules and their reasons make no
/// difference.
using Points = std::map<std::string, std::string>;

/// With a policy, titles stand in the place of names; without, equal points are equal texts.
Points find_points(Decision const& decision, Language language, Policy const* policy);

/// What a point is about, for a person: `Respect`, `Refund`.
std::string title_of(std::string const& point, Language language, Policy const* policy);

}  // namespace heed::comparing
