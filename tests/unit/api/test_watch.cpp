#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

#include "server/api/watch.hpp"

namespace heed::api {
namespace {

constexpr std::int64_t day = 86'400;

class Watching : public ::testing::Test {
 protected:
  Watching() {
    auto logger = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(out_));
    logger->set_pattern("%l %v");
    spdlog::set_default_logger(std::move(logger));
  }
  ~Watching() override { spdlog::set_default_logger(std::make_shared<spdlog::logger>("none")); }

  std::string said() {
    auto text = out_.str();
    out_.str({});
    return text;
  }

  Watch watch_;

 private:
  std::ostringstream out_;
};

TEST_F(Watching, a_certificate_is_told_of_once_a_day_when_it_will_expire) {
  auto const told = [&](std::int64_t days_left, std::int64_t now) {
    http::Certificate certificate;
    certificate.not_after = now + days_left * day + 60;
    certificate.subject = "CN=heed.example";
    watch_.look_at_certificate(certificate, Instant{now * 1'000'000});
    return said();
  };
  std::int64_t const start = 1'800'000'000;
  EXPECT_EQ(told(30, start), "");
  EXPECT_EQ(told(29, start + day), "warning the certificate expires in 29 days\n");
  EXPECT_EQ(told(28, start + 2 * day), "warning the certificate expires in 28 days\n");
  EXPECT_EQ(told(6, start + 24 * day), "error the certificate expires in 6 days\n");
  EXPECT_EQ(told(-1, start + 31 * day), "error the certificate has expired: clients refuse it\n");
  http::Certificate certificate;
  certificate.not_after = start + 40 * day;
  watch_.look_at_certificate(certificate, Instant{(start + 32 * day) * 1'000'000});
  EXPECT_NE(said(), "");
  watch_.look_at_certificate(certificate, Instant{(start + 32 * day + 60) * 1'000'000});
  EXPECT_EQ(said(), "");
}

TEST_F(Watching, a_failing_log_is_told_of_when_it_begins_and_when_it_ends) {
  store::LogStatus status;
  watch_.look_at_log(status);
  EXPECT_EQ(said(), "");
  status.failing = Error{"log.full", "the disk is full", ""};
  watch_.look_at_log(status);
  EXPECT_EQ(said(), "error the decision log cannot be written: the disk is full\n");
  watch_.look_at_log(status);
  EXPECT_EQ(said(), "");
  status.failing.reset();
  watch_.look_at_log(status);
  EXPECT_EQ(said(), "info the decision log can be written again\n");
}

TEST_F(Watching, an_event_that_clients_cause_is_told_ten_times_a_second_at_most) {
  Sparing sparing{"token_refused"};
  int taken = 0;
  for (int i = 0; i < 1'000; ++i) taken += sparing.take() ? 1 : 0;
  EXPECT_GE(taken, 10);
  EXPECT_LE(taken, 30);
}

}  // namespace
}  // namespace heed::api
