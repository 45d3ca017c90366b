#pragma once
#include <functional>
#include <memory>
#include <string>

#include "engine/advisor.hpp"
#include "server/api/active_policy.hpp"
#include "server/api/metrics.hpp"
#include "server/api/policy_shelf.hpp"
#include "server/api/worker.hpp"
#include "server/http/router.hpp"
#include "server/store/log.hpp"
#include "server/store/reader.hpp"
#include "server/store/uuid.hpp"

/// What the routes work with. Everything in it outlives the server.
namespace heed::api {

struct Service {
  PolicyHolder& policies;
  store::Log& log;
  store::Reader& reader;
  store::Reader& history;  // for decisions alone: they do not wait for who reads the log
  store::UuidSource& ids;
  Metrics& metrics;
  Worker& worker;
  PolicyDesk& desk;
  EngineVersion engine;
  std::function<Gauges()> gauges;
  std::function<Instant()> clock;
  std::shared_ptr<http::Lane> decisions = std::make_shared<http::Lane>();  // those under way
  // Whether who asks may read what is sealed: an admin. Where none is given, everybody.
  std::function<bool(http::Request const&)> may_open = {};
};

/// The system's clock.
Instant system_now();

/// Every route of the server.
http::Router make_router(Service& service);

// What make_router adds, a chapter a file.
void add_decision_routes(http::Router& router, Service& service);   // decisions.cpp
void add_batch_route(http::Router& router, Service& service);       // batch.cpp
void add_event_routes(http::Router& router, Service& service);      // events.cpp
void add_subject_routes(http::Router& router, Service& service);    // subjects.cpp
void add_record_routes(http::Router& router, Service& service);     // records.cpp
void add_proof_routes(http::Router& router, Service& service);      // proofs.cpp
void add_policy_routes(http::Router& router, Service& service);     // policies.cpp
void add_shelf_routes(http::Router& router, Service& service);      // shelf.cpp
void add_activation_route(http::Router& router, Service& service);  // activate.cpp
void add_compare_route(http::Router& router, Service& service);     // compare.cpp
void add_operation_routes(http::Router& router, Service& service);  // operation.cpp

}  // namespace heed::api
