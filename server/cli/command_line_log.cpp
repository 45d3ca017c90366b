// `heed log` on the command line.
#include "server/cli/command_line.hpp"

namespace heed::cli {
namespace {

constexpr auto store_words = "the file of the decision log";
constexpr auto master_words =
    "the file of the master key, which opens what is sealed; the store's name and .master where "
    "not given";

void add_proof_commands(CLI::App& log, Asked& asked) {
  auto [prove, prove_options] =
      add<LogProve>(log, asked, "prove", "prints the proof that a record is in the log");
  prove->add_option("STORE", prove_options.store, store_words)->required();
  prove->add_option("ID", prove_options.id, "the record's id, or its number in the log")
      ->required();

  auto [checkpoint, checkpoint_options] =
      add<LogCheckpoint>(log, asked, "checkpoint", "prints the signed head of the log");
  checkpoint->add_option("STORE", checkpoint_options.store, store_words)->required();

  auto [key, key_options] =
      add<LogKey>(log, asked, "key", "prints the key that checks the log's signatures");
  key->add_option("STORE", key_options.store, store_words)->required();
  key->add_flag("--rotate", key_options.rotate,
                "makes a new key that signs from now on, and records it in the log");
  key->add_flag("--lost", key_options.lost, "the old key is lost, and cannot sign for the new one");
  key->add_option("--key", key_options.key_file, "the file of the signing key, as for serve");

  auto [witness, witness_options] = add<LogWitness>(
      log, asked, "witness", "refuses a log that does not continue what was seen of it");
  witness->add_option("STORE", witness_options.store, store_words)->required();
  witness
      ->add_option("FILE", witness_options.file,
                   "keeps what was seen; made where it is not there. Not where the log is")
      ->required();
  witness->add_option("--key", witness_options.key, "a key to trust, as `heed log key` prints it");

  auto [exported, exported_options] = add<LogExport>(
      log, asked, "export", "prints records with their proofs, for checking without the log");
  exported->add_option("STORE", exported_options.store, store_words)->required();
  exported->add_option("--subject", exported_options.subject, "of this subject");
  exported->add_option("--from", exported_options.from, "decided at this time or later");
  exported->add_option("--until", exported_options.until, "decided before this time");
  exported->add_option("--master", exported_options.master, master_words);
  exported->add_flag("--open", exported_options.open, "with what is sealed, for who may read it");
}

void add_forgetting_commands(CLI::App& log, Asked& asked) {
  auto [erase, erase_options] =
      add<LogErase>(log, asked, "erase", "destroys the key of what is sealed of a customer");
  erase->add_option("STORE", erase_options.store, store_words)->required();
  auto* subject = erase->add_option("SUBJECT", erase_options.subject, "whose");
  erase->add_option("--record", erase_options.record, "of a record that has no subject, by its id")
      ->excludes(subject);
  erase->add_option("--key", erase_options.key_file, "the file of the signing key, as for serve");
  erase->add_flag("--json", erase_options.json, "the result as JSON");

  auto [retain, retain_options] =
      add<LogRetain>(log, asked, "retain", "drops what old records held, and keeps their hashes");
  retain->add_option("STORE", retain_options.store, store_words)->required();
  retain->add_option("--older-than", retain_options.older_than, "such as \"400 days\"")->required();
  retain->add_option("--key", retain_options.key_file, "the file of the signing key, as for serve");
  retain->add_flag("--json", retain_options.json, "the result as JSON");
}

void add_copy_commands(CLI::App& log, Asked& asked) {
  auto [backup, backup_options] = add<LogBackup>(
      log, asked, "backup", "copies the log, also while the server writes, and verifies the copy");
  backup->add_option("STORE", backup_options.store, store_words)->required();
  backup->add_option("COPY", backup_options.copy, "the file to make")->required();

  auto [restore, restore_options] = add<LogRestore>(
      log, asked, "restore", "verifies a copy and puts it where the server reads it");
  restore->add_option("COPY", restore_options.copy, "what `heed log backup` made")->required();
  restore->add_option("STORE", restore_options.store, store_words)->required();
  restore->add_flag("--quick", restore_options.quick, "does not compute the decisions again");
  restore->add_flag("--replace", restore_options.replace,
                    "where a log is there: keeps it under a dated name");
  restore->add_flag(
      "--accept-loss", restore_options.accept_loss,
      "also where the copy lacks records of the log that is there, or of the witness");
  restore->add_option("--witness", restore_options.witness,
                      "the copy must hold what this file of `heed log witness` saw");
  restore->add_option("--key", restore_options.key_file,
                      "the file of the signing key, as for serve");
  restore->add_option("--master", restore_options.master,
                      "the file of the master key, which opens what is sealed; the copy's name and "
                      ".master, or else the store's, where not given");
  add_jobs(*restore, restore_options.jobs);
}

void add_filter(CLI::App& command, LogFilter& filter) {
  command.add_option("--subject", filter.subject, "of this subject");
  command.add_option("--need", filter.need, "with this need at stake");
  command.add_option("--need-state", filter.need_state, "with --need: in this state")
      ->check(CLI::IsMember({"threatened", "violated"}));
  command.add_option("--rule", filter.rule, "in which this rule fired");
  command.add_option("--action", filter.action, "with this action in the plan");
  command.add_option("--escalation", filter.escalation, "escalated to this role");
  command.add_option("--revision", filter.revision, "decided by this revision of the policy");
  command.add_option("--by", filter.by, "asked by the token with this id, or by command-line");
  command.add_option("--from", filter.from, "decided at this time or later");
  command.add_option("--until", filter.until, "decided before this time");
}

void add_replay_command(CLI::App& log, Asked& asked) {
  auto [replay, replay_options] =
      add<LogReplay>(log, asked, "replay",
                     "decides logged cases again under another policy: what would change, for whom "
                     "and why");
  replay->add_option("STORE", replay_options.store, store_words)->required();
  replay->add_option("--policy", replay_options.policy, policy_words)->required();
  add_filter(*replay, replay_options.filter);
  replay->add_option("--format", replay_options.format, "how it is written")
      ->check(CLI::IsMember({"text", "json", "html"}));
  add_language(*replay, replay_options.language);
  replay->add_option("--examples", replay_options.examples, "cases shown of each group")
      ->check(CLI::Range(0, 100));
  add_jobs(*replay, replay_options.jobs);
  replay->add_flag("--exit-code", replay_options.exit_code,
                   "exit status 1 where any decision would change, or cannot be read");
}

}  // namespace

void add_log_commands(CLI::App& app, Asked& asked) {
  auto* log = app.add_subcommand("log", "reads, verifies and proves a decision log");
  log->require_subcommand(1);
  auto [list, list_options] = add<LogList>(*log, asked, "list", "lists records, the newest first");
  list->add_option("STORE", list_options.store, store_words)->required();
  add_filter(*list, list_options.filter);
  list->add_option("--kind", list_options.kind, "of this kind")
      ->check(CLI::IsMember({"decision", "key", "policy", "erasure", "retention", "all"}));
  list->add_option("--order", list_options.order, "which come first")
      ->check(CLI::IsMember({"newest", "oldest"}));
  list->add_option("--limit", list_options.limit, "at most so many")->check(CLI::Range(1, 1000));
  list->add_option("--cursor", list_options.cursor, "goes on where a list ended");
  list->add_flag("--json", list_options.json, "a record a line, as JSON");

  auto [show, show_options] =
      add<LogShow>(*log, asked, "show", "shows one record, to read or to print");
  show->add_option("STORE", show_options.store, store_words)->required();
  show->add_option("ID", show_options.id, "the record's id, or its number in the log")->required();
  show->add_option("--format", show_options.format, "how it is written; html is a page")
      ->check(CLI::IsMember({"text", "json", "html"}));
  show->add_option("--lang", show_options.language, "language")
      ->check(CLI::IsMember({"en", "he", "both"}));
  show->add_flag("--json", show_options.json, "the same as --format json");

  auto [verify, verify_options] = add<LogVerify>(
      *log, asked, "verify", "computes the whole log again and names the first bad record");
  verify->add_option("STORE", verify_options.store, store_words)->required();
  add_jobs(*verify, verify_options.jobs);
  verify->add_flag("--json", verify_options.json, "the result as JSON");
  list->add_option("--master", list_options.master, master_words);
  show->add_option("--master", show_options.master, master_words);
  verify->add_option("--master", verify_options.master, master_words);
  add_proof_commands(*log, asked);
  add_forgetting_commands(*log, asked);
  add_copy_commands(*log, asked);
  add_replay_command(*log, asked);
}

}  // namespace heed::cli
