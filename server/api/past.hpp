#pragma once
#include "server/api/service.hpp"

/// What the store knows of the past, for a decision.
namespace heed::api {

/// Gives a case without a history that of its subject, as far as the policy's conditions read it:
/// the latest limits::history_events_max events. Answers the events of everyone else that the
/// policy counts across customers, the latest limits::figure_events_max for each figure.
///
/// Fails where the store cannot be read.
Expected<Others, Error> add_past(Service& service, RuleSet const& rules, Case& subject,
                                 Instant now);

}  // namespace heed::api
