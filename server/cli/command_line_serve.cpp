// `heed serve` and `heed token` on the command line.
#include "server/cli/command_line.hpp"

namespace heed::cli {
namespace {

void add_serve_protection(CLI::App& serve, Serve& options) {
  serve.add_option("--tls-cert", options.tls_certificate,
                   "speaks HTTPS with this certificate and its chain (PEM), read again when it "
                   "changes");
  serve.add_option("--tls-key", options.tls_key, "its key (PEM, without a password)");
  serve.add_option("--host", options.hosts,
                   "a name by which clients ask, beside this machine's own; may come again");
  serve.add_option("--origin", options.origins,
                   "an origin whose pages may ask, beside our own; may come again");
  serve
      .add_option("--decisions-max", options.decisions_max,
                  "decisions under way at once, a batch as 64; beyond: 503")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  serve.add_option("--connections-max", options.connections_max, "connections; beyond: 503")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  serve
      .add_option("--connections-per-address", options.connections_per_address,
                  "of one address; 1024 where not given, as many as there are on loopback")
      ->check(CLI::Range(1, 1'000'000));
  serve
      .add_option("--client-requests", options.client_requests,
                  "requests that one client may have under way; beyond: 429")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  serve
      .add_option("--client-rate", options.client_rate,
                  "requests a second that one client may send; without a bound where not given")
      ->check(number_between(0.001, 1e6));
  serve
      .add_option("--client-burst", options.client_burst,
                  "requests that a client may send at once after a pause; twice the rate where not "
                  "given")
      ->check(number_between(1, 1e6));
}

void add_serve_logging(CLI::App& serve, Serve& options) {
  serve.add_option("--log-format", options.log_format, "of what is told on standard error")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  serve
      .add_option("--log-level", options.log_level,
                  "how much of it; debug has a line for each request")
      ->check(CLI::IsMember({"error", "warning", "info", "debug"}))
      ->capture_default_str();
  serve.add_option("--slow-ms", options.slow_ms, "a request that takes longer is told of")
      ->check(CLI::Range(1, 3'600'000))
      ->capture_default_str();
}

}  // namespace

void add_server_commands(CLI::App& app, Asked& asked) {
  auto [serve, serve_options] =
      add<Serve>(app, asked, "serve", "answers cases over HTTP and keeps the decision log");
  serve->add_option("--policy", serve_options.policy,
                    "the folder of the policy, which then decides by what stands in it; without it "
                    "the store's active policy decides, and another is activated over HTTP");
  serve->add_option("--first-policy", serve_options.first_policy,
                    "without --policy: the folder of the policy to begin with, where none was ever "
                    "active in the store");
  serve->add_flag("--four-eyes", serve_options.four_eyes,
                  "who wrote a policy may not activate it; needs --tokens");
  serve
      ->add_option("--store", serve_options.store,
                   "the file of the decision log; made where it is not there")
      ->required();
  serve->add_option("--key", serve_options.key_file,
                    "the file of the key that signs the log; the store's name and .key where not "
                    "given, made where it is not there");
  serve->add_option("--master", serve_options.master,
                    "the file of the key that seals private values; the store's name and .master "
                    "where not given, made where it is not there");
  serve->add_option("--retain", serve_options.retain,
                    "drops once a day what records older than this held: \"400 days\"");
  serve->add_option("--listen", serve_options.listen,
                    "address and port; other than on loopback only with TLS and tokens");
  serve->add_option("--tokens", serve_options.tokens,
                    "the file of tokens; without it whoever reaches the server may do everything");
  serve
      ->add_option("--threads", serve_options.threads,
                   "event loops; as many as processors where not given")
      ->check(CLI::Range(1, 256));
  add_serve_protection(*serve, serve_options);
  add_serve_logging(*serve, serve_options);
  serve->add_flag(
      "--constant", serve_options.constant,
      "answers every decision with the same bytes and logs nothing: to measure the server");
}

void add_token_commands(CLI::App& app, Asked& asked) {
  auto* token = app.add_subcommand("token", "says who may ask the server what");
  token->require_subcommand(1);
  constexpr auto tokens_words = "the file of tokens, as `heed serve --tokens` reads it";
  auto [make, make_options] =
      add<TokenAdd>(*token, asked, "add", "makes a token and prints it, this once");
  make->add_option("NAME", make_options.name, "who gets it, for people")->required();
  make->add_option("--tokens", make_options.tokens, tokens_words)->required();
  make->add_option("--role", make_options.roles,
                   "caller decides, owner edits policies, auditor reads the log, admin all")
      ->required()
      ->check(CLI::IsMember({"caller", "owner", "auditor", "admin"}));
  make->add_option("--expires", make_options.expires,
                   "a time, or how long from now: `2027-01-01`, `90 days`; never where not given");
  auto [list, list_options] = add<TokenList>(*token, asked, "list", "lists the tokens");
  list->add_option("--tokens", list_options.tokens, tokens_words)->required();
  list->add_flag("--json", list_options.json, "a token a line, as JSON");
  auto [revoke, revoke_options] =
      add<TokenRevoke>(*token, asked, "revoke", "takes a token back at once");
  revoke->add_option("ID", revoke_options.id, "as `heed token list` shows it")->required();
  revoke->add_option("--tokens", revoke_options.tokens, tokens_words)->required();
}

}  // namespace heed::cli
