#include "server/http/round.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "tests/unit/http/client.hpp"
#include "tests/unit/http/service.hpp"

namespace heed::http::testing {
namespace {

TEST(Round, is_over_at_once_on_a_thread_without_an_event_loop) {
  bool done = false;
  after_round([&] { done = true; });
  EXPECT_TRUE(done);
}

TEST(Round, ends_after_its_handler_and_on_the_same_thread) {
  Router router;
  router.add(Method::get, "/", [](Request&, Reply const& reply) {
    auto const has_returned = std::make_shared<bool>(false);
    after_round([reply, has_returned, here = std::this_thread::get_id()] {
      Response response;
      response.body = *has_returned && here == std::this_thread::get_id() ? "after" : "too soon";
      reply(std::move(response));
    });
    *has_returned = true;
  });
  auto server = Server::start(quick(), std::move(router)).value();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 20; ++i) clients.push_back(std::make_unique<Client>(server.port()));
  for (auto const& client : clients) client->send(get("/"));
  for (auto const& client : clients) EXPECT_EQ(client->receive().body, "after");
}

}  // namespace
}  // namespace heed::http::testing
