#include "server/http/tls.hpp"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <optional>

#include "engine/base/hex.hpp"
#include "engine/base/limits.hpp"
#include "server/files/look.hpp"
#include "server/http/tls_context.hpp"

namespace heed::http {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* it) const {
    Free(it);
  }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using X509Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;

constexpr auto pem_words =
    "a PEM file begins with `-----BEGIN `; give the chain of certificates, "
    "the server's own first";

/// What OpenSSL says last, and forgets.
std::string reason() {
  auto const code = ERR_peek_last_error();
  char const* const words = code == 0 ? nullptr : ERR_reason_error_string(code);
  ERR_clear_error();
  return words == nullptr ? "no reason given" : words;
}

Failure<Error> unreadable(std::string const& path, int number) {
  return {{"tls.unreadable", "cannot read `" + path + "`: " + std::strerror(number),
           "look at the path and at the rights of its folders"}};
}

enum class Secrecy { open, secret };

Expected<std::string, Error> read_file(std::string const& path, Secrecy secrecy) {
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return unreadable(path, errno);
  struct stat found {};
  std::string text(limits::tls_file_bytes_max + 1, '\0');
  bool const is_file = fstat(file, &found) == 0 && S_ISREG(found.st_mode);
  std::size_t size = 0;
  ssize_t got = is_file ? 1 : 0;
  while (got > 0 && size < text.size()) {
    got = ::read(file, text.data() + size, text.size() - size);
    if (got > 0) size += static_cast<std::size_t>(got);
  }
  int const number = errno;
  ::close(file);
  if (!is_file) return unreadable(path, EINVAL);
  if (got < 0) return unreadable(path, number);
  if (size > limits::tls_file_bytes_max) return unreadable(path, EFBIG);
  if (secrecy == Secrecy::secret && (found.st_mode & (S_IRWXO | S_IWGRP)) != 0)
    return Failure<Error>{{"tls.key-open-to-others",
                           "other users may read or change the key `" + path + "`",
                           "chmod 600 " + path + ", and make a new key if they may have read it"}};
  text.resize(size);
  return text;
}

Bio bio_of(std::string const& text) {
  return Bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

/// Asked for a password: there is nobody to give one.
int no_password(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Expected<PrivateKey, Error> read_key(std::string const& path) {
  auto const text = read_file(path, Secrecy::secret);
  if (!text) return Failure<Error>{text.error()};
  auto const bio = bio_of(text.value());
  bool has_password = false;
  PrivateKey key{PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, &has_password)};
  if (key) return key;
  auto const why = has_password ? std::string{"it has a password"} : reason();
  ERR_clear_error();
  return Failure<Error>{{"tls.no-key", "there is no key to be read in `" + path + "`: " + why,
                         "give a private key in PEM without a password, readable by this user "
                         "alone"}};
}

std::int64_t seconds_of(ASN1_TIME const* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
  return timegm(&parts);
}

std::string subject_of(X509 const* certificate) {
  Bio const out{BIO_new(BIO_s_mem())};
  X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253);
  char* text = nullptr;
  auto const size = BIO_get_mem_data(out.get(), &text);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string{};
}

Certificate facts_of(X509 const* certificate) {
  Certificate facts;
  facts.not_before = seconds_of(X509_get0_notBefore(certificate));
  facts.not_after = seconds_of(X509_get0_notAfter(certificate));
  facts.subject = subject_of(certificate);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  X509_digest(certificate, EVP_sha256(), digest.data(), &size);
  facts.sha256 = to_hex(std::span{digest}.first(size));
  return facts;
}

/// http/1.1 where the client names protocols; one that does not speak it is told so.
int choose_protocol(SSL*, unsigned char const** chosen, unsigned char* chosen_size,
                    unsigned char const* offered, unsigned offered_size, void*) {
  static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  int const outcome =
      SSL_select_next_proto(&found, chosen_size, ours.data(), ours.size(), offered, offered_size);
  if (outcome != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

Context make_context() {
  Context context{SSL_CTX_new(TLS_server_method())};
  auto* const raw = context.get();
  if (raw == nullptr) return context;
  SSL_CTX_set_security_level(raw, 2);  // 112 bits: no RSA below 2048, no SHA-1
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);          // idle connections keep no buffers
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);  // tickets need none
  constexpr std::array<unsigned char, 4> name{'h', 'e', 'e', 'd'};
  SSL_CTX_set_session_id_context(raw, name.data(), name.size());
  SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
  bool const is_set = SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
                      SSL_CTX_set1_groups_list(raw, "X25519:P-256:P-384") == 1;
  return is_set ? std::move(context) : Context{};
}

/// Puts the certificates of `text` in; answers the first one, the server's own.
Expected<X509Certificate, Error> use_chain(SSL_CTX* context, std::string const& path,
                                           std::string const& text) {
  auto const bio = bio_of(text);
  X509Certificate own{PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr)};
  if (!own)
    return Failure<Error>{{"tls.no-certificate",
                           "there is no certificate to be read in `" + path + "`: " + reason(),
                           pem_words}};
  bool taken = SSL_CTX_use_certificate(context, own.get()) == 1;
  while (taken) {
    X509Certificate next{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    if (!next) break;
    taken = SSL_CTX_add0_chain_cert(context, next.get()) == 1;
    if (taken) static_cast<void>(next.release());  // the context's now
  }
  auto const last = ERR_peek_last_error();
  bool const is_end = last == 0 || (ERR_GET_LIB(last) == ERR_LIB_PEM &&
                                    ERR_GET_REASON(last) == PEM_R_NO_START_LINE);
  if (taken && is_end) {
    ERR_clear_error();
    return own;
  }
  return Failure<Error>{{"tls.refused",
                         "the certificates in `" + path + "` cannot be used: " + reason(),
                         "have one made with RSA of 2048 bits or more, or with P-256, signed with "
                         "SHA-256"}};
}

/// Empty where one of them is missing.
std::string look_of(TlsFiles const& both) {
  auto const certificate = files::look_of(both.certificate), key = files::look_of(both.key);
  return certificate.empty() || key.empty() ? std::string{} : certificate + key;
}

std::optional<Error> refuse_invalid(Certificate const& certificate, std::string const& path) {
  auto const now = static_cast<std::int64_t>(std::time(nullptr));
  if (now >= certificate.not_before && now < certificate.not_after) return std::nullopt;
  return Error{"tls.expired",
               "the certificate in `" + path +
                   (now < certificate.not_before ? "` is not valid yet" : "` has expired"),
               "put a valid one there; it is taken within two seconds"};
}

}  // namespace

Tls::Tls(TlsFiles files) : files_{std::move(files)} {}

Expected<Tls::Pair, Error> Tls::load(TlsFiles const& files) {
  ERR_clear_error();
  auto const text = read_file(files.certificate, Secrecy::open);
  if (!text) return Failure<Error>{text.error()};
  auto const key = read_key(files.key);
  if (!key) return Failure<Error>{key.error()};
  auto context = make_context();
  if (!context)
    return Failure<Error>{{"tls.refused", "TLS cannot be set up: " + reason(),
                           "look at OpenSSL's own configuration on this machine"}};
  auto const own = use_chain(context.get(), files.certificate, text.value());
  if (!own) return Failure<Error>{own.error()};
  if (X509_check_private_key(own.value().get(), key.value().get()) != 1) {
    ERR_clear_error();
    return Failure<Error>{
        {"tls.key-mismatch",
         "the key `" + files.key + "` is not that of the certificate `" + files.certificate + "`",
         "give the pair that was made together; of a chain, the server's own "
         "certificate comes first"}};
  }
  if (SSL_CTX_use_PrivateKey(context.get(), key.value().get()) != 1)
    return Failure<Error>{{"tls.refused", "the key `" + files.key + "` cannot be used: " + reason(),
                           "have one made with RSA of 2048 bits or more, or with P-256"}};
  Pair pair;
  pair.certificate = facts_of(own.value().get());
  pair.context = std::make_shared<TlsContext>(context.release());
  return pair;
}

Expected<std::shared_ptr<Tls>, Error> Tls::open(TlsFiles files) {
  std::shared_ptr<Tls> tls{new Tls{std::move(files)}};
  tls->tried_ = tls->seen_ = look_of(tls->files_);
  auto pair = load(tls->files_);
  if (!pair) return Failure<Error>{pair.error()};
  tls->pair_ = std::move(pair).value();
  return tls;
}

Expected<Tls::Reload, Error> Tls::reload() {
  std::lock_guard const reloading{reload_mutex_};
  seen_ = look_of(files_);
  if (!seen_.empty() && seen_ == tried_) return Reload::unchanged;
  tried_ = seen_;
  auto pair = load(files_);
  if (!pair) return Failure<Error>{pair.error()};
  if (auto invalid = refuse_invalid(pair.value().certificate, files_.certificate))
    return Failure<Error>{std::move(*invalid)};
  std::lock_guard const lock{mutex_};
  pair_ = std::move(pair).value();
  return Reload::taken;
}

Expected<Tls::Reload, Error> Tls::reload_changed() {
  {
    std::lock_guard const reloading{reload_mutex_};
    auto const look = look_of(files_);
    bool const stands_still = look == seen_;
    seen_ = look;
    if (look == tried_ || !stands_still) return Reload::unchanged;
  }
  return reload();
}

Certificate Tls::certificate() const {
  std::lock_guard const lock{mutex_};
  return pair_.certificate;
}

std::shared_ptr<TlsContext> Tls::context() const {
  std::lock_guard const lock{mutex_};
  return pair_.context;
}

}  // namespace heed::http
